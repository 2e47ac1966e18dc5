import { JournalError } from "../model/journal.ts";

/** The parts of a FileHandle that are needed for appending. */
export interface AppendFile {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export interface LineAppender {
  /** Writes the lines soon; a failure is reported by the next `flushed`. */
  append(lines: readonly string[]): void;
  /**
   * Resolves once everything appended so far is on disk. Concurrent callers share one flush.
   *
   * @throws {JournalError} on the first failure and on every call after it
   */
  flushed(): Promise<void>;
  /** Writes the remaining lines and closes the file. @throws {JournalError} */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: JournalError) => void;
}

/**
 * Appends lines to a file in order. Appends nothing after a failure, because the last line may be incomplete.
 *
 * @param path - for error messages
 */
export function createAppender(file: AppendFile, path: string): LineAppender {
  let queue: string[] = [];
  let waiting: Waiting[] = [];
  let broken: JournalError | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (broken === null && (queue.length > 0 || waiting.length > 0)) {
      const text = queue.map((line) => `${line}\n`).join("");
      const waiters = waiting;
      queue = [];
      waiting = [];
      try {
        if (text !== "") await file.appendFile(text);
        if (waiters.length > 0) await file.datasync();
        for (const { resolve } of waiters) resolve();
      } catch (error) {
        broken = unwritable(path, error);
        for (const { reject } of [...waiters, ...waiting]) reject(broken);
      }
    }
    writing = null;
  }
  function start(): void {
    writing ??= Promise.resolve().then(writeAll);
  }

  return {
    append(lines) {
      if (broken !== null || lines.length === 0) return;
      queue.push(...lines);
      start();
    },
    async flushed() {
      if (broken !== null) throw broken;
      await new Promise<void>((resolve, reject) => {
        waiting.push({ resolve, reject });
        start();
      });
    },
    async close() {
      try {
        await this.flushed();
      } finally {
        await file.close();
      }
    },
  };
}

/** The error for a journal that cannot be written. */
export function unwritable(path: string, cause: unknown): JournalError {
  const why = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
  const message =
    `The journal ${path} cannot be written (${why}). Changes without a journal could not be undone, so nothing more is ` +
    "changed. Free disk space or grant write access there, or choose another folder with --journal.";
  return new JournalError("journal-unwritable", message, cause);
}
