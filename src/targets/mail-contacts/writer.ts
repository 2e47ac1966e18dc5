import type { ExchangeClient, WriteCmdlet } from "../../http/exchange/exchange.ts";
import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { Wait } from "../../http/wait.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { Clock } from "../../model/context.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { Change, CreateChange, Outcome, UpdateChange } from "../../model/plan.ts";
import type { TargetWriter } from "../../model/target.ts";
import { orderedByAddress } from "./address-order.ts";
import { mapInOrder } from "../../concurrency/map-in-order.ts";
import { notingAfterwards } from "./afterwards.ts";
import { readingCurrent } from "./current-contacts.ts";
import { createManagerNames } from "./manager-names.ts";
import { createManagers } from "./managers.ts";
import { failed } from "../outcomes.ts";
import { managerMissing } from "./outcomes.ts";
import { createLookPacing } from "./look-pacing.ts";
import { createObstacles } from "./obstacles.ts";
import type { Obstacles } from "./obstacles.ts";
import { mailContactsTarget } from "./target.ts";
import { writeChange, writeManager } from "./write-change.ts";
import type { Made, WrittenChange } from "./write-change.ts";
import { writesOf } from "./writes.ts";

/** Contacts in hand at a time; the client lets fewer cmdlets through. */
const contactsAtOnce = 8;

interface WriterWorld {
  readonly exchange: ExchangeClient;
  readonly tenantId: string;
  readonly clock: Clock;
  /** Told when it is waited for contacts that may have been made. */
  readonly onWait?: (wait: Wait) => void;
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
  { exchange, clock, onWait = () => {} }: WriterWorld,
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
  const pacing = createLookPacing(onWait);
  const writing = { exchange, sync, clock, journal, managers, managerNames, signal: unaborted, pacing };
  const unmanaged: Unmanaged[] = [];
  const currentAt = readingCurrent(ordered, writing, signal);
  const afterwards = notingAfterwards(writing);
  const taken = (change: Change, { outcome, made }: WrittenChange): Outcome | null => {
    if (outcome !== null && made !== null) afterwards.note(made);
    if (outcome === null && made !== null && change.action !== "delete") unmanaged.push({ change, made });
    return outcome;
  };
  try {
    const outcomes = mapInOrder(ordered.entries(), contactsAtOnce, async ([place, change]) => {
      try {
        const earlier = before(change);
        if (earlier !== null) await endings.get(earlier)?.promise;
        const { contacts, problem } = await currentAt(place);
        if (problem !== null) obstacles.unread(problem);
        const outcome = obstacles.notBegun(change, signal);
        if (outcome !== null) return outcome;
        const first = writesOf(change, sync)[0]?.cmdlet ?? null;
        const work = (): Promise<WrittenChange> => writeChange(change, contacts, writing);
        return taken(change, await tried(change, { first, obstacles }, work));
      } finally {
        managers.ended(change);
        endings.get(change)?.resolve();
      }
    });
    for await (const outcome of outcomes) if (outcome !== null) yield outcome;
    // Now it is known of everybody whether he was made.
    yield* mapInOrder(unmanaged, contactsAtOnce, async ({ change, made }) => {
      const problem = obstacles.againstAll();
      if (problem !== null) return failed(change, problem);
      const work = (): Promise<WrittenChange> => writeManager(change, made, writing);
      const outcome = taken(change, await tried(change, { first: null, obstacles }, work));
      return outcome ?? failed(change, managerMissing);
    });
  } finally {
    await afterwards.ended();
  }
}

/** Made but for its manager, since it was still open whether he is made. */
interface Unmanaged {
  readonly change: CreateChange | UpdateChange;
  readonly made: Made;
}

/** @param how - `first`: what nothing of the change was made before; null where something was */
async function tried(
  change: Change,
  { first, obstacles }: { readonly first: WriteCmdlet | null; readonly obstacles: Obstacles },
  work: () => Promise<WrittenChange>,
): Promise<WrittenChange> {
  try {
    const written = await work();
    obstacles.made();
    return written;
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const isUntouched = error.outcome === "refused" && error.cmdlet === first;
    return { outcome: obstacles.refused(change, error, isUntouched), made: null };
  }
}
