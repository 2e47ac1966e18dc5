import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import { problemOf } from "./problems.ts";
import { readAgain } from "./read.ts";
import type { Writing } from "./writing.ts";

/** Changes whose contacts are read together. */
const changesAtOnce = 25;
/** Read before they are needed, so that no write waits for a read; not many, so that what is read is still so. */
const changesAhead = 8;

interface Current {
  /** As they are now, by id. */
  readonly contacts: ReadonlyMap<string, LiveContact>;
  /** Why they could not be read; null where they were. */
  readonly problem: Outcome["problem"];
}

/** Of a duplicate also the one that stays: without it, it is none. */
function idsOf(change: Change): readonly string[] {
  if (change.action === "create") return [];
  const survivor = change.action === "delete" ? (change.survivor?.id ?? null) : null;
  return survivor === null ? [change.live.id] : [change.live.id, survivor];
}

const none: Current = { contacts: new Map(), problem: null };

/**
 * Reads the contacts that changes are about again, shortly before they are written and not all at the beginning of what
 * may take hours.
 *
 * @param signal - aborted, nothing more is read, and what is asked for is not there
 * @returns what gives the contacts for the change at a place in `ordered`; places are asked for in about their order
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
    // Whoever asks for it gets the failure; until then it must not count as unhandled.
    known.catch(() => {});
    return known;
  }

  return (place) => {
    const batch = Math.floor(place / changesAtOnce);
    const next = Math.floor((place + changesAhead) / changesAtOnce);
    const current = begun(batch);
    if (next > batch) void begun(next);
    // What lies behind is asked for no more: at most two batches are in hand.
    batches.delete(batch - 2);
    return current;
  };
}
