/** A position in a config file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  /** Path as the user would type it: relative to the working directory when that is shorter. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = "error" | "warning";

/**
 * A problem to report to the user, collected next to the result instead of thrown.
 *
 * `summary` never contains names that users choose, so that one kind of problem always reads the same.
 * `detail` says in full sentences what was found, why it matters and what to do.
 */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable, kebab-case; other programs may rely on it. */
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  /** Null when the problem does not come from a file. */
  readonly place: Place | null;
  /** The lines around `place` with a mark under it, ready to print; absent when there is no place. */
  readonly excerpt?: string;
  /**
   * Request id of the service's response, for its support. Not stored in plans: it differs each time, and equal plans
   * must be byte-for-byte equal.
   */
  readonly requestId?: string;
  /** Names of people in `detail`, for redaction. Addresses and ids are found without it. */
  readonly names?: readonly string[];
}
