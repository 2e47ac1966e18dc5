/** Where in a config file something stands. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Place {
  /** As the user would type it: relative to the working directory where that is shorter. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Severity = "error" | "warning";

/**
 * Something a person should know, collected beside the result instead of thrown.
 *
 * `summary` never holds names that users choose, so that one kind of problem always reads the same;
 * `detail` says in full sentences what was found, why it matters and what to do.
 */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable, kebab-case; other programs may rely on it. */
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  /** Null when the problem has no place in a file. */
  readonly place: Place | null;
  /** The lines of the file around `place` with a mark under it, ready to print; absent when there is no place. */
  readonly excerpt?: string;
  /** Of the service's answer, for its support. In no plan: it is another one each time, and equal plans are equal. */
  readonly requestId?: string;
  /** People's names as they stand in `detail`, so that they can be hidden. Addresses and ids are found without it. */
  readonly names?: readonly string[];
}
