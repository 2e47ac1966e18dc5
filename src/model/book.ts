import type { Place } from "./diagnostic.ts";
import type { Person } from "./person.ts";

/** One address book of a target: one mailbox's folder, or the one set of mail contacts of a tenant. */
export interface BookRef {
  /** Unique within the target and stable from run to run, e.g. the object id of the mailbox. */
  readonly id: string;
  /** Address of the mailbox, for people and for JSON; null for mail contacts. */
  readonly mailbox: string | null;
  /** Name of the folder; null for the default folder and for mail contacts. */
  readonly folder: string | null;
  /** Whose mailbox it is; null for mail contacts. */
  readonly person: Person | null;
  /** The config does not name it, so that what our owner has in it is taken out. Absent for a book of the config. */
  readonly former?: true;
}

/** A book that was named but cannot be had: a mailbox without licence, one that does not exist any more. */
export interface SkippedBook {
  readonly mailbox: string;
  /** Object id of the account whose mailbox it would be; absent where there is no account. */
  readonly account?: string;
  readonly problem: BookProblem;
}

export interface BookProblem {
  /** `warning`: skipped, exit code unchanged. `error`: could not be read, nothing is changed there. */
  readonly severity: "warning" | "error";
  /** Stable, kebab-case, e.g. `mailbox-not-found`, `mailbox-not-enabled`, `mailbox-access-denied`. */
  readonly code: string;
  readonly message: string;
  /** As in a diagnostic. */
  readonly requestId?: string;
  /** Where the config names the mailbox, if it does; in no saved plan. */
  readonly place?: Place;
}

/** One book could not be read or written as a whole; the others go on. */
export class BookError extends Error {
  readonly problem: BookProblem;
  override readonly name = "BookError";

  constructor(problem: BookProblem, cause?: unknown) {
    super(problem.message, { cause });
    this.problem = problem;
  }
}
