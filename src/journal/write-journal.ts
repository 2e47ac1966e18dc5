import type { BookRef } from "../model/book.ts";
import { JournalError } from "../model/journal.ts";
import type { RunJournal, StepResult, WriteStep } from "../model/journal.ts";
import type { RunEnd, RunHeader } from "../model/run.ts";
import type { LineSeal } from "../seal/line-seal.ts";
import { createAppender, unwritable } from "./append-lines.ts";
import type { AppendFile } from "./append-lines.ts";
import { RunNameTaken, createJournalFile } from "./run-folder.ts";
import type { JournalPlace } from "./run-folder.ts";
import { endLine, headerLine } from "./run-lines.ts";
import { createStepLines } from "./step-lines.ts";

/** A journal in a file, from its header to its end. */
export interface FileJournal extends RunJournal {
  /** Path of the file. */
  readonly path: string;
  /** Whether there is anything to undo: a step that changed, or may have changed, a contact or the name of a folder. */
  mayHaveChanged(): boolean;
  /** Writes the last line. @throws {JournalError} */
  end(end: RunEnd): Promise<void>;
  close(): Promise<void>;
}

/**
 * Creates the journal of a run. Its header is on disk once this has resolved.
 *
 * @param seal - null to write it unencrypted
 * @throws {RunNameTaken}
 * @throws {JournalError}
 */
export async function createJournal(
  place: JournalPlace,
  header: RunHeader,
  seal: LineSeal | null,
): Promise<FileJournal> {
  const { file, path } = await createJournalFile(place, header.run).catch((error: unknown) => {
    throw error instanceof RunNameTaken ? error : unwritable(place.folder, error);
  });
  const journal = journalOver(file, path, header, seal);
  try {
    await journal.flushed();
  } catch (error) {
    await file.close();
    throw error;
  }
  return journal;
}

/** Creates a journal in a file that is open for appending. */
export function journalOver(
  file: AppendFile,
  path: string,
  header: RunHeader,
  seal: LineSeal | null,
): FileJournal & { readonly flushed: () => Promise<void> } {
  const appender = createAppender(file, path);
  const lines = createStepLines();
  // The header is line 1.
  let number = 1;
  let steps = 0;
  /** Steps that certainly changed nothing. */
  const without = new Set<number>();
  let isClosed = false;

  function append(some: readonly string[]): void {
    appender.append(some.map((line) => seal?.seal(line, ++number) ?? line));
  }
  appender.append([headerLine(header, seal?.key ?? null)]);

  function bookJournal(sync: string, book: BookRef) {
    return {
      async begin(some: readonly WriteStep[]): Promise<readonly number[]> {
        if (some.length === 0) return [];
        const numbers = some.map((did) => {
          append(lines.begin(++steps, sync, book, did));
          if (isFolderMade(did)) without.add(steps);
          return steps;
        });
        await appender.flushed();
        return numbers;
      },
      end(results: readonly StepResult[]): void {
        for (const result of results) {
          if (result.status === "failed") without.add(result.step);
          const line = lines.result(result);
          append([...lines.takeNew(), line]);
        }
      },
    };
  }
  return {
    path,
    book: bookJournal,
    mayHaveChanged: () => steps > without.size,
    flushed: () => appender.flushed(),
    async end(end) {
      appender.append([endLine(end)]);
      await appender.flushed();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await appender.close().catch((error: unknown) => {
        // The failure was already reported to the callers that it concerned.
        if (!(error instanceof JournalError)) throw error;
      });
    },
  };
}

/** A new folder is not undone: it stays behind empty, which does no harm. */
function isFolderMade(did: WriteStep): boolean {
  return did.action === "folder" && (did.before === null || did.before === did.after);
}
