import { readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { owner, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";
import { photos, aWeek, apply, contactsOf, rollback } from "./week.ts";

test.each<[string, (made: Office, file: string) => void, RegExp]>([
  [
    "whose journal is damaged",
    (_, file) => writeFileSync(file, spoilt(file, '"action":"update"', '"action":"up"')),
    /damaged in line/,
  ],
  [
    "of another version",
    (_, file) => writeFileSync(file, spoilt(file, '"formatVersion":1', '"formatVersion":9')),
    /version 9/,
  ],
  [
    "whose sync is gone",
    ({ write }) => write("galops.yaml", photos.replace(owner, owner.replace("0", "1"))),
    /no longer has a sync/,
  ],
  [
    "that wrote to another folder",
    ({ write }) => write("galops.yaml", photos.replace("      folder: Directory\n", "")),
    /between the default folder and a named folder/,
  ],
])("a run %s is not rolled back, and nothing is changed", async (_, spoil, words) => {
  const made = await aWeek();
  await made.galops(...apply);
  const runs = path.join(made.folder, ".galops", "runs");
  // The newest is the one with the rollback's rights.
  const [last = ""] = readdirSync(runs).toSorted().toReversed();
  spoil(made, path.join(runs, last, "journal.ndjson"));
  const before = contactsOf(made);
  const { code, stderr } = await made.galops(...rollback);
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(contactsOf(made)).toEqual(before);
});

test.each<[string, (file: string) => void, RegExp]>([
  [
    "damaged in its middle",
    (file) => writeFileSync(file, spoilt(file, '"action":"update"', '"action":"up"')),
    /damaged in line \d+/,
  ],
  ["a link", (file) => asLink(file), /journal\.ndjson.* [Ll]ink/s],
])("runs and rollback agree that a journal that is %s is of no use", async (_, spoil, words) => {
  const made = await aWeek();
  await made.galops(...apply);
  const runs = path.join(made.folder, ".galops", "runs");
  const [last = ""] = readdirSync(runs).toSorted().toReversed();
  spoil(path.join(runs, last, "journal.ndjson"));
  const { runs: listed } = JSON.parse((await made.galops("runs", "--format", "json")).stdout) as {
    readonly runs: readonly { readonly canRollBack: boolean; readonly obstacle: string }[];
  };
  expect(listed[0]?.canRollBack).toBe(false);
  expect(listed[0]?.obstacle).toMatch(words);
  const { code, stderr } = await made.galops(...rollback);
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(stderr).not.toContain("bug in galops");
});

function asLink(file: string): void {
  renameSync(file, `${file}.moved`);
  symlinkSync(`${file}.moved`, file);
}

test("a file or a link in the place of .galops is told as what it is", async () => {
  const { galops, folder } = await aWeek();
  const own = path.join(folder, ".galops");
  renameSync(own, `${own}.moved`);
  writeFileSync(own, "");
  for (const made of [false, true]) {
    if (made) {
      rmSync(own);
      symlinkSync(`${own}.moved`, own);
    }
    const { code, stderr } = await galops(...apply);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\.galops is a link or a file, and must be a folder/);
  }
});

function spoilt(file: string, from: string, to: string): string {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`There is no ${from}.`);
  return text.replace(from, to);
}

test("a run is not rolled back in another tenant, even of the same name", async () => {
  const made = await aWeek();
  const { galops, write, read } = made;
  await galops(...apply);
  await galops("sandbox", "init", "other.tenant.json", "--seed", "7");
  write("galops.yaml", photos.replace(tenantFile, "other.tenant.json"));
  const before = read("other.tenant.json");
  const { code, stderr } = await galops(...rollback);
  expect(code).toBe(1);
  expect(stderr).toContain("wrote to the tenant");
  expect(read("other.tenant.json")).toBe(before);
});

test("an empty name names no run", async () => {
  const { galops } = await aWeek();
  const refused = await galops("rollback", "", "--auto-approve");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("The name of the run is empty.");
});

test("where nobody can be asked, a rollback is not told of plan and apply, which do the opposite", async () => {
  const { galops } = await aWeek();
  await galops(...apply);
  const { code, stderr } = await galops("rollback", "last");
  expect(code).toBe(1);
  expect(stderr).toContain("Use --auto-approve.");
  expect(stderr).not.toContain("galops apply");
});

test("how to undo a run is told with the config and the folder of journals that were given", async () => {
  const { galops } = await aWeek();
  const { stderr } = await galops(...apply, "-c", "./galops.yaml", "--journal", "my runs");
  const [, undo = ""] = /To undo it: galops (.+)/.exec(stderr) ?? [];
  expect(undo).toMatch(/^rollback \S+ -c \.\/galops\.yaml --journal 'my runs'$/);
  const [command = "", run = ""] = undo.split(" ");
  const given = ["-c", "./galops.yaml", "--journal", "my runs", "--auto-approve"];
  expect(await galops(command, run, ...given)).toMatchObject({ code: 0 });
});
