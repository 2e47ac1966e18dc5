import type { BookProblem, BookRef } from "../model/book.ts";
import type { SyncConfig } from "../model/config.ts";
import { byCodeUnit } from "../model/order.ts";
import type { PlanRecord } from "../model/plan.ts";
import type { Target } from "../model/target.ts";
import { isMade } from "../plan/is-made.ts";
import type { SyncFacts } from "../plan/limits.ts";
import { bookProblemOf, unplannedBook } from "../reconcile/book-problems.ts";
import { conflictsOf, withReasons } from "../reconcile/conflicts.ts";
import { eachBook } from "../reconcile/each-book.ts";
import { createNotes } from "../reconcile/notes.ts";
import type { PlanInput } from "../reconcile/plan-input.ts";
import { createPlanRecords } from "../reconcile/plan-records.ts";
import type { BookHistory } from "./history.ts";
import type { OtherRuns } from "./other-runs.ts";
import { notBroughtBack, picturesStay, refusalText } from "./rollback-messages.ts";
import { undoBook } from "./undo-book.ts";
import type { UndoneBook } from "./undo-book.ts";

/** A sync of the run that is rolled back, as the config has it now. */
export interface SyncToUndo {
  readonly sync: SyncConfig;
  readonly target: Target;
  readonly books: readonly BookHistory[];
}

export interface RollbackInput extends Pick<
  PlanInput,
  "configDigest" | "allowances" | "parallelism" | "explain" | "clock" | "signal" | "onProgress"
> {
  /** Name of the run that is rolled back. */
  readonly run: string;
  /** Whether an earlier rollback of it was cut off. */
  readonly isRetry: boolean;
  readonly others: OtherRuns;
  /** In config order. */
  readonly syncs: readonly SyncToUndo[];
}

/**
 * The inverse of a run as an ordinary plan, under ordinary limits. Only the books are read in which the run did
 * something; what cannot be read stays as it is.
 *
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export async function* planRollback(input: RollbackInput): AsyncGenerator<PlanRecord> {
  const notes = createNotes();
  const records = createPlanRecords(input, notes);
  let picturesKept = 0;
  let madeAgain = 0;
  yield records.header(null);
  for (const one of input.syncs) {
    yield records.sync(one.sync);
    for await (const undone of undoneBooks(one, input)) {
      picturesKept += undone.picturesKept;
      if (one.sync.to.kind === "mail-contacts") madeAgain += createsIn(undone);
      yield records.book(one.sync, undone);
    }
  }
  if (picturesKept > 0) notes.add(picturesStay(picturesKept));
  if (madeAgain > 0) notes.add(notBroughtBack(madeAgain));
  const end = records.end(input.syncs.map(factsOf));
  const refusals = end.refusals.map((refusal) => ({ ...refusal, message: refusalText(refusal, input.run) }));
  yield { ...end, refusals };
}

function createsIn({ plan }: UndoneBook): number {
  return plan.changes.filter((change) => change.action === "create" && isMade(change)).length;
}

/** No source has anything to do with it, hence none that could have shrunk. */
function factsOf({ sync: { name, limits, to } }: SyncToUndo): SyncFacts {
  return { sync: name, kind: to.kind, limits, people: Number.POSITIVE_INFINITY, emptySources: [] };
}

function undoneBooks(one: SyncToUndo, input: RollbackInput): AsyncGenerator<UndoneBook> {
  const inOrder = one.books.toSorted((left, right) => byCodeUnit(nameOf(left.book), nameOf(right.book)));
  return eachBook(one.sync.name, inOrder, input, async (history) => await undoneBook(history, one, input));
}

async function undoneBook(
  { book: was, histories, rename: wasRenamed }: BookHistory,
  { sync, target }: SyncToUndo,
  input: RollbackInput,
): Promise<UndoneBook> {
  const { signal, isRetry, others } = input;
  const found = bookNow(was, sync);
  if ("code" in found) return withProblem(was, found);
  const book = wasRenamed === null ? found : { ...found, folder: wasRenamed.from };
  try {
    const { rename, ...reading } = await target.read(book, target.fields, signal);
    const undone = undoBook(book, histories, reading, {
      owner: sync.owner,
      isRetry,
      takesOver: sync.to.kind === "mail-contacts",
      others,
    });
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
    return withProblem(book, bookProblemOf(error, input));
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

function withProblem(book: BookRef, problem: BookProblem): UndoneBook {
  return { plan: unplannedBook(book, problem), desired: [], picturesKept: 0, forecastSeconds: null };
}

function nameOf({ mailbox, id }: BookRef): string {
  return mailbox ?? id;
}
