import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { createLineOpener, createLineSeal } from "../../src/seal/line-seal.ts";

async function world() {
  const identity = await generateX25519Identity();
  const lock = { recipients: [await identityToRecipient(identity)], passphrase: "" };
  return { lock, keys: { identity: identity, passphrase: "" } };
}

test("a line reads back, in its place and in its file only", async () => {
  const { lock, keys } = await world();
  const seal = await createLineSeal(lock, "run 1");
  const line = '{"name":"Åsa 😀"}';
  const sealed = seal.seal(line, 7);
  const opener = await createLineOpener(seal.key, keys, "run 1");
  expect(opener.open(sealed, 7)).toBe(line);
  expect(() => opener.open(sealed, 8)).toThrow(expect.objectContaining({ code: "damaged" }));
  const other = await createLineOpener(seal.key, keys, "run 2");
  expect(() => other.open(sealed, 7)).toThrow(expect.objectContaining({ code: "damaged" }));
  const otherwise = `${sealed.startsWith("A") ? "B" : "A"}${sealed.slice(1)}`;
  for (const spoilt of ["", "!", sealed.slice(0, 20), otherwise]) {
    expect(() => opener.open(spoilt, 7)).toThrow(expect.objectContaining({ code: "damaged" }));
  }
});

test("equal lines look different, and every file has a key of its own", async () => {
  const { lock } = await world();
  const [one, other] = [await createLineSeal(lock, "run"), await createLineSeal(lock, "run")];
  const all = [one.seal("x", 1), one.seal("x", 2), other.seal("x", 1)];
  expect(new Set(all).size).toBe(3);
  expect(one.key).not.toBe(other.key);
});
