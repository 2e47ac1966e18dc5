import type { Place } from "./diagnostic.ts";
import type { Person } from "./person.ts";

/** An address book of a target: a folder of a mailbox, or all mail contacts of a tenant. */
export interface BookRef {
  /** Unique within the target and stable across runs, e.g. the object id of the mailbox. */
  readonly id: string;
  /** Address of the mailbox, for display and JSON; null for mail contacts. */
  readonly mailbox: string | null;
  /** Name of the folder; null for the default folder and for mail contacts. */
  readonly folder: string | null;
  /** Owner of the mailbox; null for mail contacts. */
  readonly person: Person | null;
  /** Set when the config no longer names the book, so that our owner's contacts are removed from it. */
  readonly former?: true;
}

/** A book that the config names but that is unavailable, such as a mailbox that is unlicensed or was deleted. */
export interface SkippedBook {
  readonly mailbox: string;
  /** Object id of the account without a mailbox; absent when there is no account either. */
  readonly account?: string;
  readonly problem: BookProblem;
}

export interface BookProblem {
  /** `warning`: skipped, exit code unchanged. `error`: could not be read, so nothing in it is changed. */
  readonly severity: "warning" | "error";
  /** Stable, kebab-case, e.g. `mailbox-not-found`, `mailbox-not-enabled`, `mailbox-access-denied`. */
  readonly code: string;
  readonly message: string;
  /** As in `Diagnostic`. */
  readonly requestId?: string;
  /** Where the config names the mailbox; absent when it does not. Not stored in plans. */
  readonly place?: Place;
}

/** Thrown when one book cannot be read or written at all; other books continue. */
export class BookError extends Error {
  readonly problem: BookProblem;
  override readonly name = "BookError";

  constructor(problem: BookProblem, cause?: unknown) {
    super(problem.message, { cause });
    this.problem = problem;
  }
}
