import type { Place } from "./diagnostic.ts";
import type { Person } from "./person.ts";

/** Something to read people from. Read-only. */
export interface Source {
  /**
   * All people of the source that meet its `require`, filter and groups. The caller evaluates `where`.
   *
   * Complete, or it throws: missing people would look like people who left. In no particular order; each key once.
   *
   * @throws {SourceError} when anything could not be read: a page, a group, a manager, a line of a file
   * @throws the signal's reason when aborted
   */
  people(signal: AbortSignal): AsyncIterable<Person>;
}

/** Thrown when a source cannot be read completely. The people read so far must not be used. */
export class SourceError extends Error {
  /** The diagnostic's code: stable, kebab-case. */
  readonly code: string;
  /** The diagnostic's summary; contains no names that users choose. */
  readonly summary: string;
  /** Where the cause is in the config or in the source's file; null when in neither. */
  readonly place: Place | null;
  /** Request id of the service's response; "" when there is none. */
  readonly requestId: string;
  /** Further problems to report. */
  readonly others: readonly SourceError[];
  override readonly name = "SourceError";

  constructor(problem: {
    code: string;
    summary: string;
    detail: string;
    place?: Place | null;
    requestId?: string;
    others?: readonly SourceError[];
    cause?: unknown;
  }) {
    super(problem.detail, { cause: problem.cause });
    this.code = problem.code;
    this.summary = problem.summary;
    this.place = problem.place ?? null;
    this.requestId = problem.requestId ?? "";
    this.others = problem.others ?? [];
  }
}
