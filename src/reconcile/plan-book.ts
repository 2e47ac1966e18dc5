import type { BookProblem, BookRef, SkippedBook } from "../model/book.ts";
import type { SyncConfig } from "../model/config.ts";
import type { ContactField, FieldPolicy } from "../model/contact-fields.ts";
import type { WantedContacts } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookReading, Target } from "../model/target.ts";
import { IncompleteError } from "../desired/incomplete-error.ts";
import { fingerprint } from "../desired/fingerprint.ts";
import { abandonedWarnings } from "./abandoned.ts";
import { stampInUse } from "./stamp-in-use.ts";
import { abandonedIn, diffBook } from "../plan/diff-book.ts";
import { addressesOf, addressesOfUnfit, withKnownManagers } from "../plan/known-managers.ts";
import type { DiffInput } from "../plan/diff-book.ts";
import { bookProblemOf, unplannedBook, withoutPerson } from "./book-problems.ts";
import { conflictsOf, withConflicts, withFieldsKept } from "./conflicts.ts";
import type { PlannedBook } from "./plan-records.ts";

/** What is needed to plan any book of one sync. */
export interface BookWork {
  readonly sync: SyncConfig;
  readonly target: Target;
  /** Fields that the sync manages; no others are read. */
  readonly fields: readonly ContactField[];
  /** @throws {IncompleteError} */
  readonly desiredFor: (book: BookRef) => WantedContacts;
  /** `YYYY-MM-DD`, UTC; the same for all books of a plan. */
  readonly today: string;
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
}

/** The plan of a book, and what was learned while it was compared. */
export interface ComparedBook extends PlannedBook {
  /** Whether the service gave access to the book; null when it was not asked. */
  readonly isServed: boolean | null;
  /** What was found there that nobody asked about. */
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads and compares one book. A failure becomes the book's problem, and nothing in it is changed.
 *
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
 */
export async function planBook(book: BookRef | SkippedBook, work: BookWork): Promise<ComparedBook> {
  if ("problem" in book) return withProblem(skippedRef(book, work.sync), book.problem, null);
  try {
    const { contacts: desired, unfit } = work.desiredFor(book);
    const reading = await work.target.read(book, work.fields, work.signal);
    const rules = { ...rulesOf(work), ...reading, unfit };
    const first = diffBook({ ...rules, desired });
    const unmade = await conflictsOf(first.changes, work.target, work.signal);
    const instead = new Map([
      ...addressesOfUnfit(unfit, desired, first.changes),
      ...unmade.flatMap(({ change }) => addressesOf(change)),
    ]);
    const kept = withFieldsKept(desired, unmade, rules.hash);
    const settled = withKnownManagers(kept, instead, rules.hash);
    const second = settled === desired ? first : diffBook({ ...rules, desired: settled });
    const diff = withConflicts(second, unmade);
    const { changes } = diff;
    const { rename } = reading;
    const named = rename === undefined ? {} : { rename };
    const plan = { book: withoutPerson(book), problem: null, ...named, ...diff };
    const forecastSeconds = work.target.forecastSeconds(changes);
    const everybody = [...desired, ...unfit.map(({ contact }) => contact)];
    const warnings = [
      ...abandonedWarnings(work.sync, abandonedIn({ ...rules, desired: everybody })),
      ...stampInUse(work.sync, reading.live),
    ];
    return { plan, desired: settled, forecastSeconds, isServed: true, warnings };
  } catch (error) {
    const problem = bookProblemOf(error, work);
    // A missing value of an expression does not show whether the service works.
    const isServed = error instanceof IncompleteError || problem.severity === "warning" ? null : false;
    return withProblem(book, problem, isServed);
  }
}

/** The result for a book that is not read because the request would fail anyway. */
export function notRead(book: BookRef | SkippedBook, { sync }: BookWork, problem: BookProblem): ComparedBook {
  if ("problem" in book) return withProblem(skippedRef(book, sync), book.problem, null);
  return withProblem(book, problem, null);
}

function rulesOf({ sync, today }: BookWork): Omit<DiffInput, "desired" | keyof BookReading> {
  const { owner, policy, deletion, to } = sync;
  return {
    owner,
    policy,
    deletion,
    ownsAll: to.kind === "mail-contacts" && to.control === "complete",
    today,
    fieldPolicy: (field) => policyOf(sync, field),
    hash: fingerprint,
  };
}

function withProblem(book: BookRef, problem: BookProblem, isServed: boolean | null): ComparedBook {
  return { plan: unplannedBook(book, problem), desired: [], forecastSeconds: null, isServed, warnings: [] };
}

/** A reference to an unavailable mailbox. Its id is unknown, so its address takes the place of the id. */
function skippedRef({ mailbox }: SkippedBook, { to }: SyncConfig): BookRef {
  const folder = to.kind === "mailbox-contacts" ? to.folder : null;
  return { id: mailbox, mailbox, folder, person: null };
}

function policyOf(sync: SyncConfig, field: ContactField): FieldPolicy {
  return sync.fields.get(field)?.policy ?? sync.fieldPolicy;
}
