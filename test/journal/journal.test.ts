import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeAll, expect, test } from "vitest";
import { readJournal } from "../../src/journal/read-journal.ts";
import { RunNameTaken, journalPlace } from "../../src/journal/run-folder.ts";
import { aboutOf } from "../../src/journal/run-lines.ts";
import { createJournal } from "../../src/journal/write-journal.ts";
import type { Keys } from "../../src/seal/keys.ts";
import { createLineSeal } from "../../src/seal/line-seal.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { end, expectSteps, header, noKeys, picture, run, someSteps, writeSteps } from "./world.ts";

let keys: Keys;
let recipient: string;
beforeAll(async () => {
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  keys = { identity: `# created: today\n${identity}\n`, passphrase: "" };
});

async function sealOf(isSealed: boolean) {
  const lock = isSealed ? { recipients: [recipient], passphrase: "" } : null;
  return lock && (await createLineSeal(lock, aboutOf(header)));
}

/** A journal with all kinds of steps, and its file. */
async function written(isSealed: boolean, isEnded = true): Promise<string> {
  const journal = await createJournal(journalPlace(temporaryFolder(), null), header, await sealOf(isSealed));
  await writeSteps(journal);
  if (isEnded) await journal.end(end);
  await journal.close();
  return journal.path;
}

for (const isSealed of [false, true]) {
  const kind = isSealed ? "an encrypted journal" : "a journal";

  test(`${kind} reads back as it was written`, async () => {
    const read = await readJournal(await written(isSealed), keys);
    expect([read.header, read.end]).toEqual([header, end]);
    expectSteps(read.steps);
    const [named] = read.steps.flatMap(({ did }) => (did.action === "delete" ? [did.photo ?? ""] : []));
    const { bytes, contentType } = await read.picture(named ?? "");
    expect({ bytes: Buffer.from(bytes), contentType }).toEqual({
      ...picture,
      bytes: Buffer.from(picture.bytes),
    });
    await read.close();
  });

  test(`${kind} of a run that was killed reads to where it breaks off, wherever that is`, async () => {
    const whole = readFileSync(await written(isSealed, false));
    const file = path.join(temporaryFolder(), "cut.ndjson");
    const counts = new Set<number>();
    for (let length = whole.indexOf("\n") + 1; length <= whole.length; length += 89) {
      writeFileSync(file, whole.subarray(0, length));
      const read = await readJournal(file, keys);
      await read.close();
      expect(read.end).toBeNull();
      expect(read.steps.map(({ did }) => did.action)).toEqual(
        someSteps.slice(0, read.steps.length).map(([, step]) => step.action),
      );
      counts.add(read.steps.length);
    }
    expect(counts.size).toBe(someSteps.length + 1);
  });

  test(`${kind} holds nothing that its reader may not see`, async () => {
    const text = readFileSync(await written(isSealed), "utf8");
    expect(text.includes("bo@contoso.com")).toBe(!isSealed);
    // What can be told without a key.
    expect(text).toContain(run);
    expect(text).toContain('{"type":"end"');
  });
}

test("what contacts hold is written once, in however many mailboxes they are", async () => {
  const text = readFileSync(await written(false), "utf8");
  expect(text.match(/"displayName":"Cai","jobTitle"/g)).toHaveLength(1);
  expect(text.match(/"base64"/g)).toHaveLength(1);
  expect(text.match(/"mailbox":"ann@contoso.com"/g)).toHaveLength(1);
});

test("a line of an encrypted journal that was changed, moved or taken out is noticed", async () => {
  const file = await written(true);
  const lines = readFileSync(file, "utf8").split("\n");
  const [first = "", second = "", third = "", ...rest] = lines;
  const spoilt = [
    [first, third, second, ...rest],
    [first, third, ...rest],
    [first, `${second.slice(0, 5)}${second[5] === "A" ? "B" : "A"}${second.slice(6)}`, third, ...rest],
    [first.replace("contoso", "fabrikam"), second, third, ...rest],
    [first, "", second, third, ...rest],
  ];
  for (const some of spoilt) {
    writeFileSync(file, some.join("\n"));
    await expect(readJournal(file, keys)).rejects.toMatchObject({ code: "damaged" });
  }
});

test("an encrypted journal needs its key", async () => {
  const file = await written(true);
  await expect(readJournal(file, noKeys)).rejects.toMatchObject({ code: "no-key" });
  const other = { identity: await generateX25519Identity(), passphrase: "" };
  await expect(readJournal(file, other)).rejects.toMatchObject({ code: "wrong-key" });
});

test.each([
  [
    "of another version",
    (text: string) => text.replace('"formatVersion":1', '"formatVersion":2'),
    "other-version",
  ],
  ["of something else", () => "hello\n", "not-a-journal"],
  ["without a whole header", (text: string) => text.slice(0, 40), "not-a-journal"],
  ["that is empty", () => "", "not-a-journal"],
  [
    "with a line that is torn in its middle",
    (text: string) => text.replace('"action"', '\n"action"'),
    "damaged",
  ],
  [
    "with a step of no kind",
    (text: string) => text.replace('"action":"create"', '"action":"destroy"'),
    "damaged",
  ],
  ["with a line of no kind", (text: string) => text.replace('"type":"image"', '"type":"imago"'), "damaged"],
  ["that lacks an image", (text: string) => text.replace(/\{"type":"image".*\n/, ""), "damaged"],
  [
    "with a result of no step",
    (text: string) => text.replace('"type":"result","step":1', '"type":"result","step":9'),
    "damaged",
  ],
  ["that goes on after its end", (text: string) => `${text}${text.split("\n")[1] ?? ""}\n`, "damaged"],
])("a journal %s is refused", async (_, spoil, code) => {
  const file = await written(false);
  writeFileSync(file, spoil(readFileSync(file, "utf8")));
  await expect(readJournal(file, noKeys)).rejects.toMatchObject({ name: "JournalFormatError", code });
});

test("a journal that is a link is not followed", async () => {
  const file = await written(false);
  const link = path.join(temporaryFolder(), "link.ndjson");
  symlinkSync(file, link);
  await expect(readJournal(link, noKeys)).rejects.toMatchObject({ code: "ELOOP" });
});

test("a journal is its owner's only, and keeps itself out of Git", async () => {
  const file = await written(false);
  const runFolder = path.dirname(file);
  const own = path.dirname(path.dirname(runFolder));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const folder of [runFolder, path.dirname(runFolder), own])
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readFileSync(path.join(own, ".gitignore"), "utf8")).toBe("*\n");
});

test("a folder that somebody names is used as it is", async () => {
  const given = path.join(temporaryFolder(), "a", "b");
  const journal = await createJournal(journalPlace("/nowhere", given), header, null);
  await journal.close();
  expect(journal.path).toBe(path.join(given, run, "journal.ndjson"));
  expect(readdirSync(given)).toEqual([run]);
});

test("two runs never share a journal", async () => {
  const place = journalPlace(temporaryFolder(), null);
  const journal = await createJournal(place, header, null);
  await expect(createJournal(place, header, null)).rejects.toThrow(RunNameTaken);
  await journal.close();
});

test.each([
  ["the folder of galops", (folder: string) => [path.join(folder, ".galops")]],
  [
    "the folder of runs",
    (folder: string) => [path.join(folder, ".galops"), path.join(folder, ".galops", "runs")],
  ],
])("%s must not be a link to somewhere else", async (_, foldersIn) => {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();
  const folders = foldersIn(folder);
  for (const above of folders.slice(0, -1)) mkdirSync(above);
  symlinkSync(elsewhere, folders.at(-1) ?? "");
  await expect(createJournal(journalPlace(folder, null), header, null)).rejects.toMatchObject({
    name: "JournalError",
    code: "journal-unwritable",
  });
  expect(readdirSync(elsewhere)).toEqual([]);
});

test("the folder of a run must not be a link, nor its journal anybody's file", async () => {
  const folder = temporaryFolder();
  const elsewhere = temporaryFolder();
  const runs = path.join(folder, ".galops", "runs");
  mkdirSync(runs, { recursive: true });
  symlinkSync(elsewhere, path.join(runs, run));
  await expect(createJournal(journalPlace(folder, null), header, null)).rejects.toThrow(RunNameTaken);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test.runIf(existsSync("/proc/self"))(
  "where nothing can be written there is no journal, and an error in words",
  async () => {
    await expect(createJournal(journalPlace("/proc/self", null), header, null)).rejects.toMatchObject({
      code: "journal-unwritable",
      message: expect.stringContaining("--journal"),
    });
  },
);
