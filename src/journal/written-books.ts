import { stat } from "node:fs/promises";
import { list, shape, text, textOrNull } from "../plan-format/shapes.ts";
import type { Shape } from "../plan-format/shapes.ts";
import { openPlain } from "./file-lines.ts";
import { journalFile, runNames } from "./list-runs.ts";

/** A book that a run wrote to, according to its journal. */
export interface WrittenBook {
  readonly sync: string;
  readonly owner: string;
  readonly id: string;
  /** Null for mail contacts. */
  readonly mailbox: string | null;
  /** Whether the run only removed contacts from it. */
  readonly former: boolean;
}

/** Bounds the time spent on what is only a hint. */
const mostRuns = 50;
const largestJournal = 16 * 1024 * 1024;

/** Beginning of a book's line. It cannot occur elsewhere, because line breaks within lines are escaped. */
const bookLine = '\n{"type":"book"';

/** Books of the newest runs, newest first. Skips journals that are encrypted, damaged or too large to scan quickly. */
export async function writtenBooks(folder: string): Promise<readonly WrittenBook[]> {
  const books: WrittenBook[] = [];
  for (const run of (await runNames(folder).catch(() => [])).slice(0, mostRuns)) {
    books.push(...(await booksOf(journalFile(folder, run)).catch(() => [])));
  }
  return books;
}

async function booksOf(journal: string): Promise<readonly WrittenBook[]> {
  if ((await stat(journal)).size > largestJournal) return [];
  const file = await openPlain(journal);
  const bytes = await file.readFile().finally(() => file.close());
  const owners = new Map<string, string>();
  for (const item of list(lineAt(bytes, 0), "syncs")) {
    const sync = shape(item, "a sync");
    owners.set(text(sync, "name"), text(sync, "owner"));
  }
  const books: WrittenBook[] = [];
  // Books have few of the lines, so they are searched for without parsing the others.
  for (let at = bytes.indexOf(bookLine); at >= 0; at = bytes.indexOf(bookLine, at + 1)) {
    const book = lineAt(bytes, at + 1);
    const sync = text(book, "sync");
    const owner = owners.get(sync) ?? "";
    const [id, mailbox] = [text(book, "id"), textOrNull(book, "mailbox")];
    books.push({ sync, owner, id, mailbox, former: book["former"] === true });
  }
  return books;
}

function lineAt(bytes: Buffer, start: number): Shape {
  const end = bytes.indexOf("\n", start);
  return shape(JSON.parse(bytes.toString("utf8", start, end < 0 ? bytes.length : end)), "a line");
}
