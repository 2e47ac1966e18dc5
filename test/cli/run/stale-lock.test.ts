import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ownProcess } from "../../../src/cli/process/own-process.ts";
import type { Holder } from "../../../src/cli/run/lock-file.ts";
import { takeAway } from "../../../src/cli/run/stale-lock.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const gone = 4_194_305; // above the largest number that Linux gives a process

function holder(token: string, more: Partial<Holder> = {}): Holder {
  return { ...ownProcess(), command: "apply", since: "2026-11-24T07:00:00.000Z", token, ...more };
}

const stale = holder("stale", { pid: gone });
const mine = holder("mine");

/** A lock file with this in it, in a folder of its own. */
function lockOf(content: Holder): string {
  const file = path.join(temporaryFolder(), "lock");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** Where somebody stands who takes that lock away. */
function claimOn(file: string, { token }: Holder): string {
  const name = createHash("sha256")
    .update(`${path.basename(file)} ${token}`)
    .digest("hex")
    .slice(0, 32);
  return path.join(path.dirname(file), `lock.${name}`);
}

function filesBeside(file: string): readonly string[] {
  return readdirSync(path.dirname(file));
}

test("a stale lock is taken away, and nothing is left of it", () => {
  const file = lockOf(stale);
  expect(takeAway(file, stale, mine)).toBeNull();
  expect(filesBeside(file)).toEqual([]);
});

test("a lock that another run has made in its place since never leaves it, so that nobody gets in between", () => {
  const file = lockOf(holder("theirs"));
  const before = statSync(file, { bigint: true });
  expect(takeAway(file, stale, mine)).toBeNull();
  const { ino, ctimeNs } = statSync(file, { bigint: true });
  // Who moves a file away and back changes this time.
  expect([ino, ctimeNs]).toEqual([before.ino, before.ctimeNs]);
  expect(filesBeside(file)).toEqual(["lock"]);
});

test("a lock that is being written in its place is left, too", () => {
  const file = lockOf(stale);
  writeFileSync(file, "");
  expect(takeAway(file, stale, mine)).toBeNull();
  expect(readFileSync(file, "utf8")).toBe("");
});

test("one at a time takes a lock away: who else does is told of", () => {
  const file = lockOf(stale);
  const theirs = holder("theirs");
  const claim = claimOn(file, stale);
  writeFileSync(claim, JSON.stringify(theirs));
  expect(takeAway(file, stale, mine)).toEqual({ file: claim, what: theirs });
  expect(existsSync(file)).toBe(true);
});

test("of who was killed while he took a lock away the traces are taken away, however many there are", () => {
  const file = lockOf(stale);
  const [first, second] = [holder("first", { pid: gone }), holder("second", { pid: gone })];
  const claim = claimOn(file, stale);
  writeFileSync(claim, JSON.stringify(first));
  writeFileSync(claimOn(claim, first), JSON.stringify(second));
  for (let looks = 0; looks < 3; looks++) expect(takeAway(file, stale, mine)).toBeNull();
  expect(filesBeside(file)).toEqual([]);
});

test("what of him cannot be read is named", () => {
  const file = lockOf(stale);
  const claim = claimOn(file, stale);
  writeFileSync(claim, "");
  expect(takeAway(file, stale, mine)).toEqual({ file: claim, what: "empty" });
});

test("what stands in a lock leads nowhere else", () => {
  const outside = path.join(temporaryFolder(), "precious");
  const hostile = holder(`/../..${outside}`, { pid: gone });
  const file = lockOf(hostile);
  writeFileSync(outside, JSON.stringify(hostile));
  expect(takeAway(file, hostile, mine)).toBeNull();
  expect([existsSync(outside), existsSync(file)]).toEqual([true, false]);
});
