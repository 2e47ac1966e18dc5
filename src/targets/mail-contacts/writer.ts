import type { ExchangeClient } from "../../http/exchange/exchange.ts";
import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { Clock } from "../../model/context.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { Change, Outcome } from "../../model/plan.ts";
import type { TargetWriter } from "../../model/target.ts";
import { orderedByAddress } from "./address-order.ts";
import { mapInOrder } from "../../concurrency/map-in-order.ts";
import { notingAfterwards } from "./afterwards.ts";
import { readingCurrent } from "./current-contacts.ts";
import { createManagerNames } from "./manager-names.ts";
import { createManagers } from "./managers.ts";
import { createObstacles } from "./obstacles.ts";
import type { Obstacles } from "./obstacles.ts";
import { mailContactsTarget } from "./target.ts";
import { writeChange } from "./write-change.ts";
import type { Written } from "./write-change.ts";
import { writesOf } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** Contacts in hand at a time; the client lets fewer cmdlets through. */
const contactsAtOnce = 8;

interface WriterWorld {
  readonly exchange: ExchangeClient;
  readonly tenantId: string;
  readonly clock: Clock;
}

/** The same target with the half that writes. */
export function mailContactsWriter(sync: MailContactsSync, world: WriterWorld): TargetWriter {
  return {
    ...mailContactsTarget(sync, world),
    write: (_book: BookRef, changes, journal, signal) => write(sync, world, changes, journal, signal),
  };
}

/**
 * One after the other without a break: contacts are read again ahead of their writes, and looked at afterwards beside
 * those of others, or the budget for writes would lie idle in each pause.
 */
async function* write(
  sync: MailContactsSync,
  { exchange, clock }: WriterWorld,
  changes: readonly Change[],
  journal: BookJournal,
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const { ordered, before } = orderedByAddress(changes);
  const managers = createManagers(exchange, ordered);
  const managerNames = createManagerNames(exchange, ordered);
  const endings = new Map(ordered.map((change) => [change, Promise.withResolvers<void>()]));
  const obstacles = createObstacles();
  // Not the run's signal: a contact that was begun is brought to its end, or it would be half made.
  const unaborted = new AbortController().signal;
  const writing = { exchange, sync, clock, journal, managers, managerNames, signal: unaborted };
  const currentAt = readingCurrent(ordered, writing, signal);
  const afterwards = notingAfterwards(writing);
  try {
    yield* mapInOrder(ordered.entries(), contactsAtOnce, async ([place, change]) => {
      try {
        const earlier = before(change);
        if (earlier !== null) await endings.get(earlier)?.promise;
        const { contacts, problem } = await currentAt(place);
        if (problem !== null) obstacles.unread(problem);
        const outcome = obstacles.notBegun(change, signal);
        if (outcome !== null) return outcome;
        const written = await writeOne(change, contacts, writing, obstacles);
        if (written.made !== null) afterwards.note(written.made);
        return written.outcome;
      } finally {
        managers.ended(change);
        endings.get(change)?.resolve();
      }
    });
  } finally {
    await afterwards.ended();
  }
}

async function writeOne(
  change: Change,
  current: ReadonlyMap<string, LiveContact>,
  writing: Writing,
  obstacles: Obstacles,
): Promise<Written> {
  try {
    const written = await writeChange(change, current, writing);
    obstacles.made();
    return written;
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const isUntouched =
      error.outcome === "refused" && writesOf(change, writing.sync)[0]?.cmdlet === error.cmdlet;
    return { outcome: obstacles.refused(change, error, isUntouched), made: null };
  }
}
