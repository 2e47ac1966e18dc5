import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from "age-encryption";
import { expect, test } from "vitest";
import { encrypterFor } from "../../src/seal/age.ts";
import type { Keys, Lock } from "../../src/seal/keys.ts";
import { openText, sealText } from "../../src/seal/sealed-text.ts";

async function pair(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

async function* streamed<Part>(parts: readonly Part[]): AsyncGenerator<Part> {
  yield* parts;
}

async function sealed(text: readonly string[], lock: Lock): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of sealText(streamed(text), lock)) parts.push(part);
  return Buffer.concat(parts);
}

/** @param size - of the pieces in which the file comes */
async function opened(bytes: Buffer, keys: Keys, size = 1000): Promise<string> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  let text = "";
  for await (const part of openText(streamed(pieces), keys)) text += part;
  return text;
}

const long = ["first\n", "åäö 😀\n".repeat(20_000), "last"];

test("each recipient reads it alone, in whatever pieces it comes", async () => {
  const [one, other] = [await pair(), await pair()];
  const lock: Lock = { recipients: [one.recipient, other.recipient], passphrase: "ignored" };
  const short = ["first\n", "åäö 😀\n", "last"];
  for (const { identity } of [one, other]) {
    const keys = { identity, passphrase: "" };
    expect(await opened(await sealed(short, lock), keys, 1)).toBe(short.join(""));
    for (const size of [997, 70_000]) {
      expect(await opened(await sealed(long, lock), keys, size)).toBe(long.join(""));
    }
  }
});

test("recipients for the time after quantum computers do as well", async () => {
  const identity = await generateHybridIdentity();
  const file = await sealed(["text"], { recipients: [await identityToRecipient(identity)], passphrase: "" });
  expect(await opened(file, { identity: identity, passphrase: "" })).toBe("text");
});

test("a passphrase is enough, and age itself reads and writes the same", async () => {
  const easy = new Encrypter();
  easy.setPassphrase("correct horse");
  easy.setScryptWorkFactor(4);
  const foreign = Buffer.from(await easy.encrypt("text"));
  expect(await opened(foreign, { identity: "", passphrase: "correct horse" })).toBe("text");
  const file = await sealed(["text"], { recipients: [], passphrase: "correct horse" });
  const decrypter = new Decrypter();
  decrypter.addPassphrase("correct horse");
  expect(await decrypter.decrypt(file, "text")).toBe("text");
  await expect(opened(file, { identity: "", passphrase: "" })).rejects.toMatchObject({
    code: "no-key",
    message: expect.stringContaining("GALOPS_PLAN_PASSPHRASE"),
  });
}, 120_000);

test("what is wrong is said: no key, another key, another passphrase", async () => {
  const [one, other] = [await pair(), await pair()];
  const file = await sealed(["text"], { recipients: [one.recipient], passphrase: "" });
  await expect(opened(file, { identity: "", passphrase: "a passphrase" })).rejects.toMatchObject({
    code: "no-key",
    message: expect.stringContaining("GALOPS_PLAN_IDENTITY"),
  });
  await expect(opened(file, { identity: other.identity, passphrase: "" })).rejects.toMatchObject({
    code: "wrong-key",
  });
  const easy = new Encrypter();
  easy.setPassphrase("right");
  easy.setScryptWorkFactor(4);
  const byPassphrase = Buffer.from(await easy.encrypt("text"));
  await expect(opened(byPassphrase, { identity: "", passphrase: "wrong" })).rejects.toMatchObject({
    code: "wrong-key",
  });
  expect(await opened(byPassphrase, { identity: one.identity, passphrase: "right" })).toBe("text");
});

test("an identity is the text itself, as age-keygen writes it, and never repeated in a message", async () => {
  const { identity, recipient } = await pair();
  const file = await sealed(["text"], { recipients: [recipient], passphrase: "" });
  expect(
    await opened(file, { identity: `# public key: ${recipient}\n\n${identity}\r\n`, passphrase: "" }),
  ).toBe("text");
  await expect(opened(file, { identity: "/home/ann/key.txt", passphrase: "" })).rejects.toMatchObject({
    code: "bad-identity",
    message: expect.not.stringContaining("/home/ann"),
  });
});

test("what is no recipient is refused, and a secret key is not repeated", async () => {
  const { identity } = await pair();
  for (const wrong of ["age1x", "ann@contoso.com", "ssh-ed25519 AAAA", "", identity]) {
    expect(() => encrypterFor({ recipients: [wrong], passphrase: "" })).toThrow(
      expect.objectContaining({ code: "bad-recipient" }),
    );
  }
  expect(() => encrypterFor({ recipients: [identity], passphrase: "" })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(identity) }),
  );
});

test("a file that is not encrypted is read as it is", async () => {
  for (const text of ["", "x", "age-encryption.org/v2\n", long.join("")]) {
    expect(await opened(Buffer.from(text), { identity: "", passphrase: "" }, 21)).toBe(text);
  }
});

test("an encrypted file that was cut off or changed is damaged", async () => {
  const { identity, recipient } = await pair();
  const keys = { identity: identity, passphrase: "" };
  const file = await sealed(long, { recipients: [recipient], passphrase: "" });
  const changed = Buffer.from(file);
  changed.writeUInt8((changed.at(-20) ?? 0) ^ 1, changed.length - 20);
  for (const spoilt of [file.subarray(0, -5), file.subarray(0, 70_000), changed, file.subarray(0, 60)]) {
    await expect(opened(spoilt, keys)).rejects.toMatchObject({ code: "damaged" });
  }
});
