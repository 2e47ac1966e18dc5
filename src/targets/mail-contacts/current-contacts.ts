import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import { problemOf } from "./problems.ts";
import { readAgain } from "./read.ts";
import type { Writing } from "./writing.ts";

/** Number of changes whose contacts are read together. */
const changesAtOnce = 25;
/** How far to read ahead: enough that no write waits for a read, but little enough that contacts are still current. */
const changesAhead = 8;

interface Current {
  /** The current contacts by id. */
  readonly contacts: ReadonlyMap<string, LiveContact>;
  /** Why they could not be read; null when they were. */
  readonly problem: Outcome["problem"];
}

/** Ids of the contacts of a change. For a duplicate that includes the survivor, without which it must be kept. */
function idsOf(change: Change): readonly string[] {
  if (change.action === "create") return [];
  const survivor = change.action === "delete" ? (change.survivor?.id ?? null) : null;
  return survivor === null ? [change.live.id] : [change.live.id, survivor];
}

const none: Current = { contacts: new Map(), problem: null };

/**
 * Reads the contacts of changes again shortly before they are written, rather than all at the start of a run that may
 * take hours.
 *
 * @param signal - when aborted, nothing more is read and the result is empty
 * @returns a function that returns the contacts for the change at an index in `ordered`; call it in roughly that order
 */
export function readingCurrent(
  ordered: readonly Change[],
  { exchange, managerNames, sync }: Writing,
  signal: AbortSignal,
): (place: number) => Promise<Current> {
  const batches = new Map<number, Promise<Current>>();

  async function read(batch: number): Promise<Current> {
    const changes = ordered.slice(batch * changesAtOnce, (batch + 1) * changesAtOnce);
    const ids = [...new Set(changes.flatMap(idsOf))];
    if (signal.aborted || ids.length === 0) return none;
    try {
      const contacts = await readAgain({ exchange, managerNames }, ids, sync, signal);
      return { contacts, problem: null };
    } catch (error) {
      if (signal.aborted) return none;
      if (!(error instanceof ExchangeError)) throw error;
      return { ...none, problem: problemOf(error) };
    }
  }

  function begun(batch: number): Promise<Current> {
    const known = batches.get(batch) ?? read(batch);
    batches.set(batch, known);
    // The caller that awaits it gets the failure; until then it must not count as unhandled.
    known.catch(() => {});
    return known;
  }

  return (place) => {
    const batch = Math.floor(place / changesAtOnce);
    const next = Math.floor((place + changesAhead) / changesAtOnce);
    const current = begun(batch);
    if (next > batch) void begun(next);
    // Earlier batches are not needed any more; at most two batches are in memory.
    batches.delete(batch - 2);
    return current;
  };
}
