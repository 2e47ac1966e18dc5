import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, LiveContact } from "./contact.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { BookRef, SkippedBook } from "./book.ts";
import type { BookJournal } from "./journal.ts";
import type { BookRename, Change, Outcome } from "./plan.ts";

/** What a plan needs of a target; nothing here can write. */
export interface Target {
  /** Fields that this target can hold, in table order. */
  readonly fields: readonly ContactField[];
  /** The form in which the service would give the contact back. Pure and idempotent. */
  canonicalize(fields: ContactFields): Canonical;
  /**
   * Every book that the config names, those that cannot be had included. No order is promised.
   *
   * @throws {TargetError} when it is not known which books there are (an unknown group, a page that failed)
   */
  books(signal: AbortSignal): AsyncIterable<BookRef | SkippedBook>;
  /**
   * Every other book of the tenant, which the config may have named before. Absent where the tenant is one book.
   *
   * @param known - ids of books and accounts that the config names
   * @throws {TargetError} as `books`
   */
  formerBooks?(known: ReadonlySet<string>, signal: AbortSignal): AsyncIterable<BookRef>;
  /**
   * A book as it is now. Only `fields` are asked for (markers always are). Complete, or it throws.
   *
   * @throws {BookError} when the book could not be read completely
   */
  read(book: BookRef, fields: readonly ContactField[], signal: AbortSignal): Promise<BookReading>;
  /**
   * Those changes of a book's plan that the service would refuse, because something else of the tenant holds a mail
   * address that they need, or because their marker has no room. Does not ask for each person.
   *
   * @throws {BookError} when it is not known completely
   */
  conflicts(changes: readonly Change[], signal: AbortSignal): Promise<readonly Conflict[]>;
  /** How long these writes take at least, in seconds, by the budgets of the service; null where none slows them. */
  forecastSeconds(changes: readonly Change[]): number | null;
}

/** What was found of a book. */
export interface BookReading {
  /** In no order: all that the book holds where `isWhole`, else what carries our owner's marker. */
  readonly live: readonly LiveContact[];
  /** Whether contacts of others were read as well, so that they can be counted. */
  readonly isWhole: boolean;
  /**
   * Whether the book itself is known to be galops': a folder with our marker, the mail contacts of a tenant. Copies
   * are removed from such a book only; in a place of the user's own they are left to him.
   */
  readonly isOurs: boolean;
  /** Where else contacts of our owner are, since the config named another place before; absent for nowhere. */
  readonly elsewhere?: readonly FormerPlace[];
  /** Absent where the book has its name. */
  readonly rename?: BookRename;
}

/** A place of the same mailbox that is not the book's own, as far as our owner's contacts in it go. */
export interface FormerPlace {
  /**
   * Whether all of our owner's contacts there give way to the book's. So it is in a folder that we made and the config
   * names no more; not so in the user's own places: the default folder, a folder that he made, and any other one beside a
   * folder of ours, which is his copy of it. There his copies stay.
   */
  readonly isOurs: boolean;
  /** With every field that the target knows, whatever was asked for: what their users wrote goes along when they move. */
  readonly live: readonly LiveContact[];
}

/** A change that cannot be made, and why: full sentences that name who holds the address. */
export interface Conflict {
  readonly change: Change;
  readonly reason: string;
}

/** The half of a target that only `apply` is given. */
export interface TargetWriter extends Target {
  /**
   * Makes changes in one book and yields exactly one outcome for each of them, in any order.
   * Before a request leaves that writes anything, it stands in the journal, with what it replaces.
   * A change whose contact is not as it was planned is not made (`stale`); one that is done already is left (`already-done`).
   * Does not throw for what the service refuses; once the signal is aborted no further request is begun and what
   * was not begun ends as `skipped`.
   *
   * @throws {JournalError} when something cannot be written down, and is therefore not done
   */
  write(
    book: BookRef,
    changes: readonly Change[],
    journal: BookJournal,
    signal: AbortSignal,
  ): AsyncIterable<Outcome>;
  /**
   * Gives a book the name that the config has for it; absent where books have no names. Like a change it is made only
   * where the book is still called as it was planned, and does not throw for what the service refuses.
   *
   * @throws {JournalError} as `write`
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
  /** Why the target cannot have this contact at all, so that its person is skipped; absent where it can. */
  readonly unfit?: CanonicalWarning;
}

/** Something of a desired contact that the service cannot hold. */
export interface CanonicalWarning {
  readonly field: ContactField;
  /** Stable, kebab-case, e.g. `too-many-values`, `invalid-address`, `given-name-derived`. */
  readonly code: string;
  /** A full sentence without the person's name. */
  readonly message: string;
  /** What is wrong, to be shown behind the name of the person whose it is. */
  readonly value?: string;
}

type TargetProblem = Omit<Diagnostic, "severity">;

/** It is not known which books a target has; its sync changes nothing. */
export class TargetError extends Error {
  readonly diagnostic: TargetProblem;
  /** What else is wrong, to be told too. */
  readonly others: readonly TargetProblem[];
  override readonly name = "TargetError";

  constructor(diagnostic: TargetProblem, cause?: unknown, others: readonly TargetProblem[] = []) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
    this.others = others;
  }
}
