import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import { createAppender } from "../../src/journal/append-lines.ts";
import type { AppendFile } from "../../src/journal/append-lines.ts";
import { journalOver } from "../../src/journal/write-journal.ts";
import { JournalError } from "../../src/model/journal.ts";
import { bookOf, end, header, markerOf, writeSteps } from "./world.ts";

interface WatchedFile extends AppendFile {
  /** What was done to it, in order. */
  readonly did: string[];
  /** From now on every write fails. */
  fail: boolean;
}

function watchedFile(): WatchedFile {
  const file: WatchedFile = {
    did: [],
    fail: false,
    async appendFile(text) {
      if (file.fail) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      file.did.push(text);
    },
    async datasync() {
      if (file.fail) throw Object.assign(new Error("i/o error"), { code: "EIO" });
      file.did.push("(flush)");
    },
    async close() {
      file.did.push("(close)");
    },
  };
  return file;
}

test("lines keep their order, and those who wait together share one flush", async () => {
  const file = watchedFile();
  const appender = createAppender(file, "journal");
  appender.append(["1"]);
  appender.append(["2", "3"]);
  await Promise.all([appender.flushed(), appender.flushed()]);
  appender.append(["4"]);
  await appender.close();
  expect(file.did.join("")).toBe("1\n2\n3\n(flush)4\n(flush)(close)");
});

test("after a failure nothing is appended, and everybody who waits is told", async () => {
  const file = watchedFile();
  const appender = createAppender(file, "/runs/journal");
  appender.append(["1"]);
  await appender.flushed();
  file.fail = true;
  appender.append(["2"]);
  const both = await Promise.allSettled([appender.flushed(), appender.flushed()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  file.fail = false;
  appender.append(["3"]);
  await expect(appender.flushed()).rejects.toMatchObject({
    code: "journal-unwritable",
    message: expect.stringContaining("/runs/journal cannot be written (no space left on device)"),
  });
  await expect(appender.close()).rejects.toThrow(JournalError);
  expect(file.did).toEqual(["1\n", "(flush)", "(close)"]);
});

const create = {
  action: "create",
  key: "cai",
  displayName: "Cai",
  after: { fields: { displayName: "Cai" }, marker: markerOf("cai") },
} as const;

test("a step has begun only when it is on disk", async () => {
  const file = watchedFile();
  const book = journalOver(file, "journal", header, null).book("phones", bookOf("ann"));
  await book.begin([create]);
  expect(file.did.join("")).toMatch(/^\{"type":"run".*\n.*"book".*\n.*"image".*\n.*"begin".*\n\(flush\)$/s);
});

test("steps of a journal that failed never begin again; results are lost without a word", async () => {
  const file = watchedFile();
  const journal = journalOver(file, "journal", header, null);
  const book = journal.book("phones", bookOf("ann"));
  const [step = 0] = await book.begin([create]);
  file.fail = true;
  book.end([{ step, status: "done", after: null, requestId: "", code: "" }]);
  for (const other of [book, journal.book("phones", bookOf("bo"))]) {
    await expect(other.begin([create])).rejects.toThrow(JournalError);
  }
  file.fail = false;
  await expect(book.begin([create])).rejects.toThrow(JournalError);
  await expect(journal.end(end)).rejects.toThrow(JournalError);
  await journal.close();
  await journal.close();
  expect(file.did.join("").match(/"type":"(begin|result|end)"/g)).toEqual(['"type":"begin"']);
});

test.runIf(existsSync("/dev/full"))("a full disk is the end of a journal", async () => {
  const journal = journalOver(await open("/dev/full", "a"), "/dev/full", header, null);
  await expect(writeSteps(journal)).rejects.toMatchObject({
    code: "journal-unwritable",
    message: expect.stringContaining("ENOSPC"),
  });
  await journal.close();
});
