import type { BookRef } from "../../src/model/book.ts";
import { JournalError } from "../../src/model/journal.ts";
import type { RunJournal, StepResult, WriteStep } from "../../src/model/journal.ts";

export interface Entry {
  readonly sync: string;
  readonly book: BookRef;
  readonly step: WriteStep;
  /** The last one; null where none came. */
  readonly result: StepResult | null;
}

export interface MemoryJournal extends RunJournal {
  readonly entries: () => readonly Entry[];
  /** From now on nothing can be written down. */
  readonly fill: () => void;
}

/** A journal that is kept in memory: steps by number, each with its last result. */
export function memoryJournal(): MemoryJournal {
  const begun: Omit<Entry, "result">[] = [];
  const results = new Map<number, StepResult>();
  let isFull = false;
  return {
    entries: () => begun.map((entry, step) => ({ ...entry, result: results.get(step) ?? null })),
    fill() {
      isFull = true;
    },
    book: (sync, book) => ({
      async begin(steps) {
        if (isFull) throw new JournalError("journal-unwritable", "The disk is full.");
        return steps.map((step) => begun.push({ sync, book, step }) - 1);
      },
      end(ended) {
        for (const result of ended) results.set(result.step, result);
      },
    }),
  };
}
