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
import { failed, interrupted, skipped } from "./outcomes.ts";
import { isForAll, problemOf } from "./problems.ts";
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

/** Why the changes that are left are not begun; nothing stands against them where both are null. */
interface Obstacles {
  ofAll: Outcome["problem"];
  ofCreates: Outcome["problem"];
  /** Whether a change has failed by what stands against all, so that the run counts as failed. */
  isTold: boolean;
}

type Problem = NonNullable<Outcome["problem"]>;

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
  const obstacles: Obstacles = { ofAll: null, ofCreates: null, isTold: false };
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
        // What a contact is like now is not known, so it is not changed.
        obstacles.ofAll ??= problem;
        const outcome = notBegun(change, obstacles, signal);
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

function notBegun(change: Change, obstacles: Obstacles, signal: AbortSignal): Outcome | null {
  const { ofAll, ofCreates, isTold } = obstacles;
  if (signal.aborted) return skipped(change, interrupted);
  if (ofAll !== null) {
    obstacles.isTold = true;
    return isTold ? skipped(change, ofAll) : failed(change, ofAll);
  }
  return change.action === "create" && ofCreates !== null ? skipped(change, ofCreates) : null;
}

async function writeOne(
  change: Change,
  current: ReadonlyMap<string, LiveContact>,
  writing: Writing,
  obstacles: Obstacles,
): Promise<Written> {
  try {
    const live = change.action === "create" ? undefined : current.get(change.live.id);
    return await writeChange(change, live, writing);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const problem = problemOf(error);
    const isKnown = isForAll(error)
      ? noteForAll(problem, obstacles)
      : noteForCreates(error, problem, obstacles);
    const isUntouched =
      error.outcome === "refused" && writesOf(change, writing.sync)[0]?.cmdlet === error.cmdlet;
    return {
      outcome: isKnown && isUntouched ? skipped(change, problem) : failed(change, problem),
      made: null,
    };
  }
}

/** Several changes are in hand at a time and run into the same. @returns whether it is told already */
function noteForAll(problem: Problem, obstacles: Obstacles): boolean {
  obstacles.ofAll ??= problem;
  const { isTold } = obstacles;
  obstacles.isTold = true;
  return isTold;
}

function noteForCreates({ kind }: ExchangeError, problem: Problem, obstacles: Obstacles): boolean {
  if (kind !== "creation-quota") return false;
  const isTold = obstacles.ofCreates !== null;
  obstacles.ofCreates ??= problem;
  return isTold;
}
