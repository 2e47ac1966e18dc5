import type { ApplyResult } from "../model/apply-result.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { JournalError } from "../model/journal.ts";
import type { RunJournal } from "../model/journal.ts";
import { interruptedCode } from "../model/plan.ts";
import type { BookRecord, BookRename, Change, ChangeProblem, Outcome, PlanRecord } from "../model/plan.ts";
import type { TargetWriter } from "../model/target.ts";
import { createCircuits, rowOfFailures } from "../concurrency/circuit.ts";
import type { Circuit } from "../concurrency/circuit.ts";
import { forEachConcurrently } from "../concurrency/for-each-concurrently.ts";
import { createOutcomeTally } from "./tally-outcomes.ts";
import type { OutcomeTally } from "./tally-outcomes.ts";

export interface ApplyWorld {
  /** Name of this run; null when it has no journal. */
  readonly run: string | null;
  /** @param sync - a name that the plan gives to one of its syncs */
  readonly writer: (sync: string) => TargetWriter;
  readonly journal: RunJournal;
  /** Number of books to write at a time. */
  readonly parallelism: number;
  /** Converts an external failure to a diagnostic; null for a bug. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
  /** Called for errors that neither a target nor `explain` recognizes: bugs, to report next to the result. */
  readonly onBug: (error: unknown) => void;
  /** @param done - number of changes that have ended, with any outcome */
  readonly onProgress: (done: number) => void;
}

interface Run extends ApplyWorld {
  readonly tally: OutcomeTally;
  /** The circuit breaker of a sync's tenant. */
  readonly circuit: (sync: string) => Circuit;
  /** Open circuits that were already reported. */
  readonly reported: Set<Circuit>;
  /** Why no further book is begun; null while books may be begun. */
  stopped: ChangeProblem | null;
}

type Ending = Omit<Outcome, "change">;
/**
 * Makes the changes of a plan that are not withheld, several books at a time. A failure in one book does not affect
 * others. Once the signal is aborted, changes in progress are finished and the rest is skipped.
 *
 * When many books of a tenant in a row fail for the same reason, no further book of that tenant is begun. A journal
 * that cannot be written stops everything, and so does a bug: the open changes of that book fail, and no further book
 * is begun.
 *
 * The caller must have checked that the plan is complete and not refused.
 *
 * @throws whatever `records` throws, after everything in progress has ended
 */
export async function applyPlan(records: AsyncIterable<PlanRecord>, world: ApplyWorld): Promise<ApplyResult> {
  const tally = createOutcomeTally();
  const notes: PlanNotes = { diagnostics: [], incomplete: [], tenants: new Map() };
  const circuits = createCircuits();
  const circuit = (sync: string): Circuit => circuits(notes.tenants.get(sync) ?? "");
  const run: Run = { ...world, tally, circuit, reported: new Set(), stopped: null };
  await forEachConcurrently(booksOf(records, notes), world.parallelism, (book) => applyBook(book, run));
  const { diagnostics, incomplete } = notes;
  return { run: world.run, ...tally.result(), diagnostics, incomplete };
}

/** Contents of a plan besides its changes. */
interface PlanNotes {
  /** What could not be read, together with `incomplete`. */
  readonly diagnostics: Diagnostic[];
  readonly incomplete: string[];
  /** The tenant and kind of target of each sync, by name. */
  readonly tenants: Map<string, string>;
}

/** Yields the books with something to do, and collects the other contents of the plan in `notes`. */
async function* booksOf(records: AsyncIterable<PlanRecord>, notes: PlanNotes): AsyncGenerator<BookRecord> {
  for await (const record of records) {
    if (record.type === "end") {
      notes.diagnostics.push(...record.diagnostics);
      notes.incomplete.push(...(record.incomplete ?? []));
    }
    if (record.type === "sync") notes.tenants.set(record.name, JSON.stringify([record.tenant, record.kind]));
    if (record.type !== "book") continue;
    const changes = record.changes.filter(({ withheld }) => withheld === null);
    if (changes.length > 0 || renameIn(record) !== null) yield { ...record, changes };
  }
}

/** The rename to make in a book; null when there is none or it is withheld. */
function renameIn({ rename }: BookRecord): BookRename | null {
  return rename?.withheld === null ? rename : null;
}

async function applyBook(record: BookRecord, run: Run): Promise<void> {
  const { sync, book, changes } = record;
  const circuit = run.circuit(sync);
  const open = new Set<Change>(changes);
  let isServed = false;
  let failure: string | null = null;
  const note = ({ status, problem, isOfBook = false }: Ending): void => {
    // A failure of a single contact shows that the book is available, so it does not count against the tenant.
    if (status === "failed" && isOfBook) failure ??= problem?.code ?? "";
    else if (status !== "skipped") isServed = true;
    run.onProgress(run.tally.count());
  };
  const end = (outcome: Outcome): void => {
    open.delete(outcome.change);
    run.tally.add(sync, book, outcome);
    note(outcome);
  };
  const rename = renameIn(record);
  const endRename = (ending: Ending): void => {
    if (rename === null) return;
    run.tally.addRename(sync, book, rename, ending);
    note(ending);
  };
  const none = endingIfBlocked(circuit, run);
  if (none !== null) {
    endRename(none.first);
    const isReported = rename !== null;
    for (const [index, change] of changes.entries()) {
      end({ change, ...(isReported || index > 0 ? none.others : none.first) });
    }
    return;
  }
  if (rename !== null) endRename(await renamed(record, rename, run));
  if (run.stopped !== null) {
    for (const change of changes) end({ change, status: "skipped", problem: run.stopped });
    return;
  }
  try {
    if (changes.length === 0) return;
    const outcomes = run.writer(sync).write(book, changes, run.journal.book(sync, book), run.signal);
    for await (const outcome of outcomes) end(outcome);
    // A writer that breaks its contract must not lose changes silently.
    if (open.size > 0) throw new Error(`${open.size} changes in ${book.id} ended without an outcome.`);
  } catch (error) {
    const problem = problemOf(error, run);
    for (const change of open) end({ change, status: "failed", problem, isOfBook: true });
  } finally {
    if (isServed || failure !== null) circuit.add(isServed ? null : failure);
  }
}

async function renamed({ sync, book }: BookRecord, rename: BookRename, run: Run): Promise<Ending> {
  try {
    const writer = run.writer(sync);
    if (writer.rename === undefined) throw new Error(`The books of ${sync} have no names.`);
    return await writer.rename(book, rename, run.journal.book(sync, book), run.signal);
  } catch (error) {
    if (run.signal.aborted) return { status: "skipped", problem: interrupted };
    return { status: "failed", problem: problemOf(error, run), isOfBook: true };
  }
}

/** How the changes of a book end when it must not be begun; null when it may be begun. */
function endingIfBlocked(
  circuit: Circuit,
  { stopped, signal, reported }: Run,
): { readonly first: Ending; readonly others: Ending } | null {
  const problem = stopped ?? (signal.aborted ? interrupted : null);
  if (problem !== null) {
    const skipped = { status: "skipped", problem } as const;
    return { first: skipped, others: skipped };
  }
  const failure = circuit.openedBy();
  if (failure === null) return null;
  // Report it once, as a failed change; count the rest as skipped.
  const isReported = reported.has(circuit);
  reported.add(circuit);
  const others = { status: "skipped", problem: notTried(failure) } as const;
  return { first: isReported ? others : { ...others, status: "failed" }, others };
}

const interrupted: ChangeProblem = {
  code: interruptedCode,
  message: "The run was interrupted.",
  requestId: "",
};

function notTried(failure: string): ChangeProblem {
  const message =
    `${rowOfFailures} mailboxes in a row failed for the same reason (${failure}), so the remaining changes in this tenant ` +
    "were not tried: this one and those counted as left alone. Fix the cause, then run again.";
  return { code: "mailboxes-not-tried", message, requestId: "" };
}

/** Why the changes that were open in a book failed; what may befall any other book, too, stops the run. */
function problemOf(error: unknown, run: Run): ChangeProblem {
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

const bug: ChangeProblem = {
  code: "bug-in-galops",
  message:
    "A bug in galops stopped the run here, and nothing else was begun. This change may or may not have been made; the next plan shows it.",
  requestId: "",
};
