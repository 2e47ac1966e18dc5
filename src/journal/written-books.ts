import { stat } from "node:fs/promises";
import { list, shape, text, textOrNull } from "../plan/shapes.ts";
import { linesOf, openPlain } from "./file-lines.ts";
import { journalFile, runNames } from "./list-runs.ts";

/** A book that a run wrote to, as its journal has it. */
export interface WrittenBook {
  readonly sync: string;
  readonly owner: string;
  readonly id: string;
  /** Null for mail contacts. */
  readonly mailbox: string | null;
}

/** Nobody should wait for what is only a remark. */
const mostRuns = 50;
const largestJournal = 16 * 1024 * 1024;

/** Of the newest runs that can be read without a key and without much ado; nothing of any other. */
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
  const books: WrittenBook[] = [];
  const owners = new Map<string, string>();
  try {
    for await (const line of linesOf(file)) {
      if (line.number > 1 && !line.text.startsWith('{"type":"book"')) continue;
      const of = shape(JSON.parse(line.text), "a line");
      if (line.number === 1) {
        for (const item of list(of, "syncs")) {
          const sync = shape(item, "a sync");
          owners.set(text(sync, "name"), text(sync, "owner"));
        }
        continue;
      }
      const sync = text(of, "sync");
      const owner = owners.get(sync) ?? "";
      books.push({ sync, owner, id: text(of, "id"), mailbox: textOrNull(of, "mailbox") });
    }
  } finally {
    await file.close();
  }
  return books;
}
