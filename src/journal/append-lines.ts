import { JournalError } from "../model/journal.ts";

/** What lines are appended to; a FileHandle, or what a test takes for one. */
export interface AppendFile {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

export interface LineAppender {
  /** The lines are written soon; a failure shows with the next `flushed`. */
  append(lines: readonly string[]): void;
  /**
   * Everything appended until now is on disk. Those who wait at the same time share one flush.
   *
   * @throws {JournalError} from the first failure on, always
   */
  flushed(): Promise<void>;
  /** Writes what is left, and closes the file. @throws {JournalError} */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: JournalError) => void;
}

/**
 * Appends lines to a file in the order in which they came. After a failure nothing is appended any more: a line would
 * stand behind one that may be torn.
 *
 * @param path - for people
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

/** What stands in the way of a journal, for people. */
export function unwritable(path: string, cause: unknown): JournalError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message =
    `The journal ${path} cannot be written (${why}). What is not written down could not be undone, so nothing more is ` +
    "changed. Make room or give access there, or name another folder with --journal.";
  return new JournalError("journal-unwritable", message, cause);
}
