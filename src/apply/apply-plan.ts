import type { ApplyResult } from "../model/apply-result.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { JournalError } from "../model/journal.ts";
import type { RunJournal } from "../model/journal.ts";
import type { BookRecord, BookRename, Change, ChangeProblem, Outcome, PlanRecord } from "../model/plan.ts";
import type { TargetWriter } from "../model/target.ts";
import { createCircuits, rowOfFailures } from "../concurrency/circuit.ts";
import type { Circuit } from "../concurrency/circuit.ts";
import { forEachConcurrently } from "../concurrency/for-each-concurrently.ts";
import { createOutcomeTally, interruptedCode } from "./tally-outcomes.ts";
import type { OutcomeTally } from "./tally-outcomes.ts";

export interface ApplyWorld {
  /** The name of this run; null where it is written down nowhere. */
  readonly run: string | null;
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
  /** Of the books of each tenant, by name of the sync. */
  readonly circuit: (sync: string) => Circuit;
  /** Circuits of which it is told that they are open. */
  readonly told: Set<Circuit>;
  /** Why no other book is begun any more; null while nothing stands against it. */
  stopped: ChangeProblem | null;
}

type Ending = Omit<Outcome, "change">;
/**
 * Makes the changes of a plan that are not withheld, books side by side. What fails in one book does not disturb
 * the others. Once the signal is aborted, what was begun is brought to its end and the rest is skipped.
 *
 * Where most books of a tenant fail alike as a whole, no other book there is begun. A journal that cannot be written stops
 * everything, and so does a bug: what was open in that book fails, and no other book is begun.
 *
 * The plan must be known to be whole, and not to be refused, before it gets here.
 *
 * @throws whatever `records` throws, after all that was begun has ended
 */
export async function applyPlan(records: AsyncIterable<PlanRecord>, world: ApplyWorld): Promise<ApplyResult> {
  const tally = createOutcomeTally();
  const said: Said = { diagnostics: [], incomplete: [], tenants: new Map() };
  const circuits = createCircuits();
  const circuit = (sync: string): Circuit => circuits(said.tenants.get(sync) ?? "");
  const run: Run = { ...world, tally, circuit, told: new Set(), stopped: null };
  await forEachConcurrently(booksOf(records, said), world.parallelism, (book) => applyBook(book, run));
  const { diagnostics, incomplete } = said;
  return { run: world.run, ...tally.result(), diagnostics, incomplete };
}

/** What a plan says besides its changes. */
interface Said {
  /** With `incomplete`: what could not be read. */
  readonly diagnostics: Diagnostic[];
  readonly incomplete: string[];
  /** Where syncs write, by their names. */
  readonly tenants: Map<string, string>;
}

/** The books that have something to be made; on the way it is kept what else the plan says. */
async function* booksOf(records: AsyncIterable<PlanRecord>, said: Said): AsyncGenerator<BookRecord> {
  for await (const record of records) {
    if (record.type === "end") {
      said.diagnostics.push(...record.diagnostics);
      said.incomplete.push(...(record.incomplete ?? []));
    }
    if (record.type === "sync") said.tenants.set(record.name, JSON.stringify([record.tenant, record.kind]));
    if (record.type !== "book") continue;
    const changes = record.changes.filter(({ withheld }) => withheld === null);
    if (changes.length > 0 || renameIn(record) !== null) yield { ...record, changes };
  }
}

/** The new name that a book gets; null where it gets none. */
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
    // What is wrong with one contact says that its book was there; the next book may well take its own.
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
  const none = endingOfNone(circuit, run);
  if (none !== null) {
    endRename(none.first);
    const isTold = rename !== null;
    for (const [index, change] of changes.entries()) {
      end({ change, ...(isTold || index > 0 ? none.others : none.first) });
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
    // The contract of TargetWriter; whoever breaks it must not have it counted as nothing.
    if (open.size > 0) throw new Error(`${open.size} changes in ${book.id} ended in no outcome.`);
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

/** How what is to be done in a book ends where it is not begun; null where nothing stands against it. */
function endingOfNone(
  circuit: Circuit,
  { stopped, signal, told }: Run,
): { readonly first: Ending; readonly others: Ending } | null {
  const problem = stopped ?? (signal.aborted ? interrupted : null);
  if (problem !== null) {
    const skipped = { status: "skipped", problem } as const;
    return { first: skipped, others: skipped };
  }
  const failure = circuit.openedBy();
  if (failure === null) return null;
  // Once it is told, as a change that failed; the rest is counted.
  const isTold = told.has(circuit);
  told.add(circuit);
  const others = { status: "skipped", problem: notTried(failure) } as const;
  return { first: isTold ? others : { ...others, status: "failed" }, others };
}

const interrupted: ChangeProblem = {
  code: interruptedCode,
  message: "The run was interrupted.",
  requestId: "",
};

function notTried(failure: string): ChangeProblem {
  const message =
    `${rowOfFailures} mailboxes in a row failed alike (${failure}), so that the changes in the rest of the tenant were ` +
    "not tried: this one and all that are counted as left alone. Put right what those failed by, then run again.";
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
    "A bug in galops ended the work here, and nothing else was begun. It is not known whether the change was made; the next plan shows it.",
  requestId: "",
};
