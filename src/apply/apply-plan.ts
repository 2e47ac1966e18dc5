import type { ApplyResult } from "../model/apply-result.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { JournalError } from "../model/journal.ts";
import type { RunJournal } from "../model/journal.ts";
import type { Change, Outcome, PlanRecord } from "../model/plan.ts";
import type { TargetWriter } from "../model/target.ts";
import { forEachConcurrently } from "../concurrency/for-each-concurrently.ts";
import { createOutcomeTally, interruptedCode } from "./tally-outcomes.ts";
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
  /** Told of what neither a target nor `explain` knows: a bug, to be reported beside the result. */
  readonly onBug: (error: unknown) => void;
  /** @param done - changes that have ended, however they did */
  readonly onProgress: (done: number) => void;
}

interface Run extends ApplyWorld {
  readonly tally: OutcomeTally;
  /** Why no other book is begun any more; null while nothing stands against it. */
  stopped: Problem | null;
}

type Problem = NonNullable<Outcome["problem"]>;
type BookRecord = Extract<PlanRecord, { readonly type: "book" }>;

/**
 * Makes the changes of a plan that are not withheld, books side by side. What fails in one book does not disturb
 * the others. Once the signal is aborted, what was begun is brought to its end and the rest is skipped.
 *
 * A journal that cannot be written stops it, and so does a bug: what was open in that book fails, and no other book is
 * begun.
 *
 * The plan must be known to be whole, and not to be refused, before it gets here.
 *
 * @throws whatever `records` throws, after all that was begun has ended
 */
export async function applyPlan(records: AsyncIterable<PlanRecord>, world: ApplyWorld): Promise<ApplyResult> {
  const tally = createOutcomeTally();
  const unread: Unread = { diagnostics: [], incomplete: [] };
  const run: Run = { ...world, tally, stopped: null };
  await forEachConcurrently(booksOf(records, unread), world.parallelism, (book) => applyBook(book, run));
  return { run: world.run, ...tally.result(), ...unread };
}

/** What a plan says of what could not be read. */
interface Unread {
  readonly diagnostics: Diagnostic[];
  readonly incomplete: string[];
}

/** The books that have something to be made; on the way it is kept what could not be read. */
async function* booksOf(records: AsyncIterable<PlanRecord>, unread: Unread): AsyncGenerator<BookRecord> {
  for await (const record of records) {
    if (record.type === "end") {
      unread.diagnostics.push(...record.diagnostics);
      unread.incomplete.push(...(record.incomplete ?? []));
    }
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
    // The contract of TargetWriter; whoever breaks it must not have it counted as nothing.
    if (open.size > 0) throw new Error(`${open.size} changes in ${book.id} ended in no outcome.`);
  } catch (error) {
    const problem = problemOf(error, run);
    for (const change of open) end({ change, status: "failed", problem });
  }
}

function outcomesOf(
  { sync, book, changes }: BookRecord,
  run: Run,
): AsyncIterable<Outcome> | readonly Outcome[] {
  const why = whyNotBegun(run);
  if (why !== null) return changes.map((change) => ({ change, status: "skipped", problem: why }));
  return run.writer(sync).write(book, changes, run.journal.book(sync, book), run.signal);
}

function whyNotBegun({ stopped, signal }: Run): Problem | null {
  if (stopped !== null) return stopped;
  if (!signal.aborted) return null;
  return { code: interruptedCode, message: "The run was interrupted.", requestId: "" };
}

/** Why the changes that were open in a book failed; what may befall any other book, too, stops the run. */
function problemOf(error: unknown, run: Run): Problem {
  if (error instanceof JournalError) {
    run.stopped = { code: error.code, message: error.message, requestId: "" };
    return run.stopped;
  }
  const diagnostic = run.explain(error);
  if (diagnostic !== null) return { code: diagnostic.code, message: diagnostic.detail, requestId: "" };
  run.onBug(error);
  run.stopped = bug;
  return bug;
}

const bug: Problem = {
  code: "bug-in-galops",
  message:
    "A bug in galops ended the work here, and nothing else was begun. It is not known whether the change was made; the next plan shows it.",
  requestId: "",
};
