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

/** Number of contacts written in parallel. The client permits fewer cmdlets at a time. */
const contactsAtOnce = 8;

interface WriterWorld {
  readonly exchange: ExchangeClient;
  readonly tenantId: string;
  readonly clock: Clock;
  /** Called when the run waits for contacts that may have been created. */
  readonly onWait?: (wait: Wait) => void;
}

/** Creates the target together with its writing half. */
export function mailContactsWriter(sync: MailContactsSync, world: WriterWorld): TargetWriter {
  return {
    ...mailContactsTarget(sync, world),
    write: (_book: BookRef, changes, journal, signal) => write(sync, world, changes, journal, signal),
  };
}

/**
 * Writes changes without pauses: contacts are read again ahead of their writes, and read afterwards in parallel with
 * the writes of others. Otherwise part of the rate limit for writes would be unused.
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
  // Not the run's signal: a contact that was begun must be completed, or it would be half-made.
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
    // Now all managers exist that this run creates.
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

/** A change that is made except for its manager, whose create was still pending. */
interface Unmanaged {
  readonly change: CreateChange | UpdateChange;
  readonly made: Made;
}

/** Runs `work` and turns refusals into outcomes. `first`: its first cmdlet; null if that was sent before. */
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
