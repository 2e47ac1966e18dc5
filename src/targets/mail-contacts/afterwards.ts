import { ExchangeError } from "../../http/exchange/exchange.ts";
import { readAgain } from "./read.ts";
import type { Made } from "./write-change.ts";
import type { Writing } from "./writing.ts";

/** Contacts that are read together. */
const contactsAtOnce = 25;

/** Notes what contacts are like after they were written, for whoever undoes the run. */
export interface Afterwards {
  note(made: Made): void;
  /** Resolves once all is noted. */
  ended(): Promise<void>;
}

/** Reads beside the writes, so that they need not wait. Where it cannot be read, nobody is the worse for it. */
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
    // Told when it is waited for; until then it must not count as unhandled.
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
