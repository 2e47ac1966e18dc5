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

/** A sync of the run to roll back, as it is in the current config. */
export interface SyncToUndo {
  readonly sync: SyncConfig;
  readonly target: Target;
  readonly books: readonly BookHistory[];
}

export interface RollbackInput extends Pick<
  PlanInput,
  "configDigest" | "allowances" | "parallelism" | "explain" | "clock" | "signal" | "onProgress"
> {
  /** Name of the run to roll back. */
  readonly run: string;
  /** Whether an earlier rollback of it was interrupted. */
  readonly isRetry: boolean;
  readonly others: OtherRuns;
  /** In config order. */
  readonly syncs: readonly SyncToUndo[];
}

/**
 * Plans the inverse of a run as an ordinary plan with ordinary limits. Only books that the run changed are read. A book
 * that cannot be read is not changed.
 *
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
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

/** Facts for limits. Sources play no part in a rollback, so none can be empty or have shrunk. */
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

/** The book with the current name of its folder in the config, so that a rollback renames it only if the run did. */
function bookNow(book: BookRef, { to }: SyncConfig): BookRef | BookProblem {
  if (to.kind !== "mailbox-contacts") return book;
  if ((to.folder === null) === (book.folder === null)) return { ...book, folder: to.folder };
  return {
    severity: "error",
    code: "folder-changed",
    message:
      "The config has changed between the default folder and a named folder since the run. " +
      "Restore the previous value of the sync's folder, then roll back.",
  };
}

function withProblem(book: BookRef, problem: BookProblem): UndoneBook {
  return { plan: unplannedBook(book, problem), desired: [], picturesKept: 0, forecastSeconds: null };
}

function nameOf({ mailbox, id }: BookRef): string {
  return mailbox ?? id;
}
