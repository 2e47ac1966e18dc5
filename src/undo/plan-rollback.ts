import type { Allowance } from "../model/allowance.ts";
import type { BookProblem, BookRef } from "../model/book.ts";
import type { SyncConfig } from "../model/config.ts";
import type { Clock } from "../model/context.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { byCodeUnit } from "../model/order.ts";
import type { BookPlan, PlanRecord } from "../model/plan.ts";
import type { Target } from "../model/target.ts";
import { checkLimits } from "../plan/limits.ts";
import { createPlanId } from "../plan-format/plan-id.ts";
import { createSummary } from "../plan/summary.ts";
import { createTally } from "../plan/tally.ts";
import { mapInOrder } from "../concurrency/map-in-order.ts";
import { bookProblemOf, unplannedBook } from "../reconcile/book-problems.ts";
import { conflictsOf, withReasons } from "../reconcile/conflicts.ts";
import { createNotes } from "../reconcile/notes.ts";
import type { PlanProgress } from "../reconcile/plan-input.ts";
import type { BookHistory } from "./history.ts";
import { picturesStay, refusalText } from "./rollback-messages.ts";
import { undoBook } from "./undo-book.ts";

/** A sync of the run that is rolled back, as the config has it now. */
export interface SyncToUndo {
  readonly sync: SyncConfig;
  readonly target: Target;
  readonly books: readonly BookHistory[];
}

export interface RollbackInput {
  /** Name of the run that is rolled back. */
  readonly run: string;
  /** Whether an earlier rollback of it was cut off. */
  readonly isRetry: boolean;
  readonly configDigest: string;
  /** In config order. */
  readonly syncs: readonly SyncToUndo[];
  readonly allowances: readonly Allowance[];
  /** Books read at a time. */
  readonly parallelism: number;
  /** A failure of the world as a diagnostic; null for a bug, which is thrown. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanProgress) => void;
}

interface PlannedBook {
  readonly plan: BookPlan;
  readonly kept: readonly DesiredContact[];
  readonly picturesKept: number;
  readonly forecastSeconds: number | null;
}

/**
 * The inverse of a run as an ordinary plan, under ordinary limits. Only the books are read in which the run did
 * something; what cannot be read stays as it is.
 *
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export async function* planRollback(input: RollbackInput): AsyncGenerator<PlanRecord> {
  const { configDigest, clock, allowances, syncs } = input;
  const notes = createNotes();
  const planId = createPlanId();
  const summary = createSummary();
  const tally = createTally();
  let picturesKept = 0;
  let forecastSeconds: number | null = null;
  const createdAt = new Date(clock.now()).toISOString();
  yield { type: "plan", configDigest, createdAt, allowances, mailboxes: null };
  for (const one of syncs) {
    const { name, to, owner } = one.sync;
    const record: PlanRecord = { type: "sync", name, kind: to.kind, tenant: to.tenant, owner };
    planId.add(record);
    yield record;
    for await (const { plan, kept, ...more } of undoneBooks(one, input)) {
      const book: PlanRecord = { type: "book", sync: name, ...plan };
      planId.add(book);
      summary.add(plan);
      tally.add(name, plan, kept);
      picturesKept += more.picturesKept;
      if (more.forecastSeconds !== null)
        forecastSeconds = Math.max(forecastSeconds ?? 0, more.forecastSeconds);
      if (plan.problem !== null) notes.addBook(name, plan.book.mailbox, plan.problem);
      yield book;
    }
  }
  if (picturesKept > 0) notes.add(picturesStay(picturesKept));
  const facts = syncs.map(({ sync: { name, limits, to } }) => ({
    sync: name,
    kind: to.kind,
    limits,
    // No source has anything to do with it, hence none that could have shrunk.
    people: Number.POSITIVE_INFINITY,
    emptySources: [],
  }));
  const refusals = checkLimits(tally, facts, allowances).map((refusal) => ({
    ...refusal,
    message: refusalText(refusal, input.run),
  }));
  const counts = summary.summary();
  const diagnostics = notes.all();
  yield { type: "end", id: planId.id(), summary: counts, diagnostics, refusals, forecastSeconds };
}

async function* undoneBooks(one: SyncToUndo, input: RollbackInput): AsyncGenerator<PlannedBook> {
  const { sync, books } = one;
  const inOrder = books.toSorted((left, right) => byCodeUnit(nameOf(left.book), nameOf(right.book)));
  let done = 0;
  input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
  yield* mapInOrder(inOrder, input.parallelism, async (history) => {
    input.signal.throwIfAborted();
    const planned = await undoneBook(history, one, input);
    done++;
    input.onProgress({ phase: "book", sync: sync.name, done, total: books.length });
    return planned;
  });
}

async function undoneBook(
  { book: was, histories, rename: wasRenamed }: BookHistory,
  { sync, target }: SyncToUndo,
  { signal, explain, isRetry }: RollbackInput,
): Promise<PlannedBook> {
  const found = bookNow(was, sync);
  if ("code" in found) return withProblem(was, found);
  const book = wasRenamed === null ? found : { ...found, folder: wasRenamed.from };
  try {
    const { rename, ...reading } = await target.read(book, target.fields, signal);
    const undone = undoBook(book, histories, reading, { owner: sync.owner, isRetry });
    const conflicts = await conflictsOf(undone.plan.changes, target, signal);
    const changes = withReasons(undone.plan.changes, conflicts);
    // What its user called otherwise since is left so.
    const isUndone = rename !== undefined && rename.from === wasRenamed?.to;
    return {
      ...undone,
      plan: { ...undone.plan, ...(isUndone ? { rename } : {}), changes },
      forecastSeconds: target.forecastSeconds(changes),
    };
  } catch (error) {
    signal.throwIfAborted();
    const problem = bookProblemOf(error, explain);
    if (problem === null) throw error;
    return withProblem(book, problem);
  }
}

/** The book under the name that its folder has in the config now, so that it is not renamed where the run did not. */
function bookNow(book: BookRef, { to }: SyncConfig): BookRef | BookProblem {
  if (to.kind !== "mailbox-contacts") return book;
  if ((to.folder === null) === (book.folder === null)) return { ...book, folder: to.folder };
  return {
    severity: "error",
    code: "folder-changed",
    message:
      "The run wrote to a folder of its own, or to the default folder, and the config names the other one now. " +
      "Set folder of the sync back to what it was, then roll back.",
  };
}

function withProblem(book: BookRef, problem: BookProblem): PlannedBook {
  return { plan: unplannedBook(book, problem), kept: [], picturesKept: 0, forecastSeconds: null };
}

function nameOf({ mailbox, id }: BookRef): string {
  return mailbox ?? id;
}
