import type { BookProblem, BookRef, SkippedBook } from "../model/book.ts";
import { BookError } from "../model/book.ts";
import type { SyncConfig } from "../model/config.ts";
import type { ContactField, FieldPolicy } from "../model/contact-fields.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan, Change } from "../model/plan.ts";
import type { BookReading, Conflict, Target } from "../model/target.ts";
import { IncompleteError } from "../desired/incomplete-error.ts";
import { fingerprint } from "../desired/fingerprint.ts";
import { diffBook } from "../plan/diff-book.ts";
import { withKnownManagers } from "../plan/known-managers.ts";
import type { DiffInput } from "../plan/diff-book.ts";

/** One sync as it is carried into its books. */
export interface BookWork {
  readonly sync: SyncConfig;
  readonly target: Target;
  /** Fields that the sync manages: the only ones that are read. */
  readonly fields: readonly ContactField[];
  /** @throws {IncompleteError} */
  readonly desiredFor: (book: BookRef) => readonly DesiredContact[];
  /** `YYYY-MM-DD`, UTC; the same for all books of a plan. */
  readonly today: string;
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
}

/** A book's plan together with what it was compared with (nothing where it has a problem). */
export interface PlannedBook {
  readonly plan: BookPlan;
  readonly desired: readonly DesiredContact[];
  /** How long its writes will take at least; null where nothing slows them. */
  readonly forecastSeconds: number | null;
  /** Whether the service was asked for the book and said nothing against it; null where it was not asked. */
  readonly isServed: boolean | null;
}

/**
 * Reads one book and compares it; what can go wrong with it becomes its problem and changes nothing in it.
 *
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export async function planBook(book: BookRef | SkippedBook, work: BookWork): Promise<PlannedBook> {
  if ("problem" in book) return withProblem(skippedRef(book, work.sync), book.problem, null);
  try {
    const desired = work.desiredFor(book);
    const reading = await work.target.read(book, work.fields, work.signal);
    const rules = { ...rulesOf(work), ...reading };
    const first = diffBook({ ...rules, desired });
    const unmade = await conflictsOf(first.changes, work);
    const settled = withKnownManagers(
      desired,
      unmade.map(({ change }) => change),
      rules.hash,
    );
    const diff = settled === desired ? first : diffBook({ ...rules, desired: settled });
    const changes = withReasons(diff.changes, unmade);
    const { rename } = reading;
    const named = rename === undefined ? {} : { rename };
    const plan = { book: withoutPerson(book), problem: null, ...named, ...diff, changes };
    return { plan, desired: settled, forecastSeconds: work.target.forecastSeconds(changes), isServed: true };
  } catch (error) {
    work.signal.throwIfAborted();
    const problem = problemOf(error, work.explain);
    if (problem === null) throw error;
    // That an expression has no value says nothing of the service.
    const isServed = error instanceof IncompleteError || problem.severity === "warning" ? null : false;
    return withProblem(book, problem, isServed);
  }
}

/** A book that is not read, since asking for it is of no use. */
export function notRead(book: BookRef | SkippedBook, { sync }: BookWork, problem: BookProblem): PlannedBook {
  if ("problem" in book) return withProblem(skippedRef(book, sync), book.problem, null);
  return withProblem(book, problem, null);
}

function rulesOf({ sync, today }: BookWork): Omit<DiffInput, "desired" | keyof BookReading> {
  const { owner, policy, deletion, to } = sync;
  return {
    owner,
    policy,
    deletion,
    ownsUnmarked: to.kind === "mail-contacts" && to.control === "complete",
    today,
    fieldPolicy: (field) => policyOf(sync, field),
    hash: fingerprint,
  };
}

/** Asks the target which of the changes it could not make; only of those that will be made otherwise. */
async function conflictsOf(
  changes: readonly Change[],
  { target, signal }: BookWork,
): Promise<readonly Conflict[]> {
  const makeable = changes.filter(({ withheld }) => withheld === null);
  return makeable.length === 0 ? [] : await target.conflicts(makeable, signal);
}

function withReasons(changes: readonly Change[], conflicts: readonly Conflict[]): readonly Change[] {
  if (conflicts.length === 0) return changes;
  const reasons = new Map(conflicts.map(({ change, reason }) => [nameOf(change), reason]));
  return changes.map((change) => ({
    ...change,
    withheld: change.withheld ?? reasons.get(nameOf(change)) ?? null,
  }));
}

function nameOf(change: Change): string {
  return JSON.stringify([change.action, change.key, change.action === "create" ? "" : change.live.id]);
}

function problemOf(error: unknown, explain: (error: unknown) => Diagnostic | null): BookProblem | null {
  if (error instanceof BookError) return error.problem;
  const diagnostic = error instanceof IncompleteError ? error.diagnostic : explain(error);
  if (diagnostic === null) return null;
  const { code, detail: message, requestId } = diagnostic;
  return { severity: "error", code, message, ...(requestId === undefined ? {} : { requestId }) };
}

function withProblem(book: BookRef, problem: BookProblem, isServed: boolean | null): PlannedBook {
  const nothing = { unchanged: 0, unmanaged: null, changes: [] };
  const plan = { book: withoutPerson(book), problem, ...nothing };
  return { plan, desired: [], forecastSeconds: null, isServed };
}

/** What the directory says of the mailbox's owner is nothing that a plan needs, or that a saved one should keep. */
function withoutPerson(book: BookRef): BookRef {
  return { ...book, person: null };
}

/** What is known of a mailbox that cannot be had: nobody read its id, so its name must do. */
function skippedRef({ mailbox }: SkippedBook, { to }: SyncConfig): BookRef {
  const folder = to.kind === "mailbox-contacts" ? to.folder : null;
  return { id: mailbox, mailbox, folder, person: null };
}

function policyOf(sync: SyncConfig, field: ContactField): FieldPolicy {
  return sync.fields.get(field)?.policy ?? sync.fieldPolicy;
}
