import { ExchangeError } from "../../http/exchange/exchange.ts";
import { readAgain } from "./read.ts";
import type { Made } from "./write-change.ts";
import type { Writing } from "./writing.ts";

/** Number of contacts to read in one request. */
const contactsAtOnce = 25;

/** Records in the journal how contacts are after they were written, for a rollback of the run. */
export interface Afterwards {
  note(made: Made): void;
  /** Resolves when everything is recorded. */
  ended(): Promise<void>;
}

/** Reads in parallel with the writes, so that they need not wait. Failures are ignored: the record is optional. */
export function notingAfterwards({ exchange, managerNames, sync, journal, signal }: Writing): Afterwards {
  let waiting: Made[] = [];
  let working: Promise<void> = Promise.resolve();
  let isGivenUp = false;

  async function look(made: readonly Made[]): Promise<void> {
    if (isGivenUp || made.length === 0) return;
    const ids = made.map(({ id }) => id);
    try {
      const found = await readAgain({ exchange, managerNames }, ids, sync, signal);
      const results = made.flatMap(({ step, id }) => {
        const now = found.get(id);
        if (now === undefined) return [];
        const after = { id, version: now.version, fields: now.fields };
        return [{ step, status: "done" as const, after, requestId: "", code: "" }];
      });
      journal.end(results);
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      isGivenUp = true;
    }
  }

  function lookAtThem(): void {
    const made = waiting;
    waiting = [];
    working = working.then(() => look(made));
    // `ended` reports a failure; until then it must not count as unhandled.
    working.catch(() => {});
  }

  return {
    note(made) {
      waiting.push(made);
      if (waiting.length >= contactsAtOnce) lookAtThem();
    },
    ended() {
      lookAtThem();
      return working;
    },
  };
}
