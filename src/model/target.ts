import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, LiveContact } from "./contact.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { BookRef, SkippedBook } from "./book.ts";
import type { BookJournal } from "./journal.ts";
import type { BookRename, Change, Outcome } from "./plan.ts";

/** The read-only half of a target, which is all that planning gets. */
export interface Target {
  /** Fields that the target supports, in table order. */
  readonly fields: readonly ContactField[];
  /** Converts fields to the form in which the service would return them. Pure and idempotent. */
  canonicalize(fields: ContactFields): Canonical;
  /**
   * All books that the config names, including unavailable ones. In no particular order.
   *
   * @throws {TargetError} when the books cannot be determined (an unknown group, a page that failed)
   */
  books(signal: AbortSignal): AsyncIterable<BookRef | SkippedBook>;
  /**
   * All other books of the tenant, which the config may have named before. Absent when the tenant has only one book.
   *
   * @param known - ids of the books and accounts that the config names
   * @throws {TargetError} as `books` does
   */
  formerBooks?(known: ReadonlySet<string>, signal: AbortSignal): AsyncIterable<BookRef>;
  /**
   * Reads a book as it is now. Requests only `fields` and the markers. Complete, or it throws.
   *
   * @throws {BookError} when the book could not be read completely
   */
  read(book: BookRef, fields: readonly ContactField[], signal: AbortSignal): Promise<BookReading>;
  /**
   * Finds changes of a book that the service would refuse, because something else in the tenant already has a mail
   * address that they need, or because there is no room for their marker. Needs no request per person.
   *
   * @throws {BookError} when this cannot be determined for all changes
   */
  conflicts(changes: readonly Change[], signal: AbortSignal): Promise<readonly Conflict[]>;
  /** Minimum duration of these writes in seconds, given the service's rate limits; null when none applies. */
  forecastSeconds(changes: readonly Change[]): number | null;
}

/** Contents of a book. */
export interface BookReading {
  /** In no particular order. All contacts of the book if `isWhole`, else those with our owner's marker. */
  readonly live: readonly LiveContact[];
  /** Whether unmanaged contacts were read as well, so that they can be counted. */
  readonly isWhole: boolean;
  /**
   * Whether the book belongs to galops: a folder with our marker, or the mail contacts of a tenant. Copies are deleted
   * only from such a book; in a folder of the user's own they are kept.
   */
  readonly isOurs: boolean;
  /** Other places with contacts of our owner, because the config named another folder before; absent for none. */
  readonly elsewhere?: readonly FormerPlace[];
  /** Absent when the book already has the name in the config. */
  readonly rename?: BookRename;
}

/** Our owner's contacts in another folder of the same mailbox. */
export interface FormerPlace {
  /**
   * Whether all of our owner's contacts there are replaced by those in the book. True for a folder that galops created
   * and the config no longer names. False for the user's own folders, whose copies are kept: the default folder, a
   * folder that the user created, and the user's copy of a galops folder (any further one besides ours).
   */
  readonly isOurs: boolean;
  /** With all fields that the target supports, because what users wrote moves along with the contact. */
  readonly live: readonly LiveContact[];
}

/** A change that cannot be made, and why, in full sentences that name the holder of the address. */
export interface Conflict {
  readonly change: Change;
  /** What alone stands against it, so that all else of the change can be made; null where nothing of it can. */
  readonly field: ContactField | null;
  readonly reason: string;
}

/** A target that can also write; only `apply` gets one. */
export interface TargetWriter extends Target {
  /**
   * Makes changes in one book and yields exactly one outcome for each, in any order. Every write is in the journal,
   * with what it replaces, before its request is sent. A change whose contact differs from the plan is not made
   * (`stale`), nor is one that is already done (`already-done`). Does not throw when the service refuses a change. Once
   * the signal is aborted, no further request is sent, and changes that were not begun end as `skipped`.
   *
   * @throws {JournalError} when the journal cannot be written; the change is then not made
   */
  write(
    book: BookRef,
    changes: readonly Change[],
    journal: BookJournal,
    signal: AbortSignal,
  ): AsyncIterable<Outcome>;
  /**
   * Renames a book to its name in the config; absent when books have no names. As with changes, a book whose name
   * differs from the plan is not renamed, and a refusal of the service does not throw.
   *
   * @throws {JournalError} as `write` does
   */
  rename?(
    book: BookRef,
    rename: BookRename,
    journal: BookJournal,
    signal: AbortSignal,
  ): Promise<Omit<Outcome, "change">>;
}

export interface Canonical {
  readonly fields: ContactFields;
  readonly warnings: readonly CanonicalWarning[];
  /** Why the target cannot hold this contact at all, so that the person is skipped; absent when it can. */
  readonly unfit?: CanonicalWarning;
}

/** A value of a desired contact that the service cannot hold. */
export interface CanonicalWarning {
  readonly field: ContactField;
  /** Stable, kebab-case, e.g. `too-many-values`, `invalid-address`, `given-name-derived`. */
  readonly code: string;
  /** A full sentence without the person's name. */
  readonly message: string;
  /** The offending value, shown after the person's name. */
  readonly value?: string;
}

type TargetProblem = Omit<Diagnostic, "severity">;

/** Thrown when the books of a target cannot be determined; its sync changes nothing. */
export class TargetError extends Error {
  readonly diagnostic: TargetProblem;
  /** Further problems to report. */
  readonly others: readonly TargetProblem[];
  override readonly name = "TargetError";

  constructor(diagnostic: TargetProblem, cause?: unknown, others: readonly TargetProblem[] = []) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
    this.others = others;
  }
}
