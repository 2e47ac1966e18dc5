import type { ApplyResult } from "../model/apply-result.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { JournalError } from "../model/journal.ts";
import type { RunJournal } from "../model/journal.ts";
import type { Change, Outcome, PlanRecord } from "../model/plan.ts";
import type { TargetWriter } from "../model/target.ts";
import { forEachConcurrently } from "../concurrency/for-each-concurrently.ts";
import { createOutcomeTally } from "./tally-outcomes.ts";
import type { OutcomeTally } from "./tally-outcomes.ts";

export interface ApplyWorld {
  /** The name of this run. */
  readonly run: string;
  /** @param sync - a name that the plan gives to one of its syncs */
  readonly writer: (sync: string) => TargetWriter;
  readonly journal: RunJournal;
  /** Books written at a time. */
  readonly parallelism: number;
  /** A failure of the world as a diagnostic; null for a bug. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
  /** @param done - changes that have ended, however they did */
  readonly onProgress: (done: number) => void;
}

interface Run extends ApplyWorld {
  readonly tally: OutcomeTally;
  /** Why nothing can be written down any more; null while it can. */
  unwritable: JournalError | null;
}

type Problem = NonNullable<Outcome["problem"]>;
type BookRecord = Extract<PlanRecord, { readonly type: "book" }>;

/**
 * Makes the changes of a plan that are not withheld, books side by side. What fails in one book does not disturb
 * the others. Once the signal is aborted, what was begun is brought to its end and the rest is skipped.
 *
 * A journal that cannot be written stops it: what was open in that book fails, and no other book is begun.
 *
 * The plan must be known to be whole, and not to be refused, before it gets here.
 *
 * @throws what is a bug, after all that was begun has ended
 */
export async function applyPlan(records: AsyncIterable<PlanRecord>, world: ApplyWorld): Promise<ApplyResult> {
  const tally = createOutcomeTally();
  const diagnostics: Diagnostic[] = [];
  const run: Run = { ...world, tally, unwritable: null };
  await forEachConcurrently(booksOf(records, diagnostics), world.parallelism, (book) => applyBook(book, run));
  return { run: world.run, ...tally.result(), interrupted: world.signal.aborted, diagnostics };
}

/** The books that have something to be made; on the way the plan's diagnostics are kept. */
async function* booksOf(
  records: AsyncIterable<PlanRecord>,
  diagnostics: Diagnostic[],
): AsyncGenerator<BookRecord> {
  for await (const record of records) {
    if (record.type === "end") diagnostics.push(...record.diagnostics);
    if (record.type !== "book") continue;
    const changes = record.changes.filter(({ withheld }) => withheld === null);
    if (changes.length > 0) yield { ...record, changes };
  }
}

async function applyBook(record: BookRecord, run: Run): Promise<void> {
  const { sync, book, changes } = record;
  const open = new Set<Change>(changes);
  const end = (outcome: Outcome): void => {
    open.delete(outcome.change);
    run.tally.add(sync, book, outcome);
    run.onProgress(run.tally.count());
  };
  try {
    for await (const outcome of outcomesOf(record, run)) end(outcome);
  } catch (error) {
    const problem = problemOf(error, run);
    for (const change of open) end({ change, status: "failed", problem });
  }
  // The contract of TargetWriter; whoever breaks it must not have it counted as nothing.
  if (open.size > 0) throw new Error(`${open.size} changes in ${book.id} ended in no outcome.`);
}

function outcomesOf(
  { sync, book, changes }: BookRecord,
  run: Run,
): AsyncIterable<Outcome> | readonly Outcome[] {
  const why = whyNotBegun(run);
  if (why !== null) return changes.map((change) => ({ change, status: "skipped", problem: why }));
  return run.writer(sync).write(book, changes, run.journal.book(sync, book), run.signal);
}

function whyNotBegun({ unwritable, signal }: Run): Problem | null {
  if (unwritable !== null) return unwritableProblem(unwritable);
  if (!signal.aborted) return null;
  return { code: "interrupted", message: "The run was interrupted.", requestId: "" };
}

/** @throws what is a bug */
function problemOf(error: unknown, run: Run): Problem {
  if (error instanceof JournalError) {
    run.unwritable = error;
    return unwritableProblem(error);
  }
  const diagnostic = run.explain(error);
  if (diagnostic === null) throw error;
  return { code: diagnostic.code, message: diagnostic.detail, requestId: "" };
}

function unwritableProblem({ code, message }: JournalError): Problem {
  return { code, message, requestId: "" };
}
