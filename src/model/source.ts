import type { Place } from "./diagnostic.ts";
import type { Person } from "./person.ts";

/** Where people are read from. Never written to. */
export interface Source {
  /**
   * Everybody that the source has and that meets its `require`, filter and groups; `where` is not its business.
   *
   * Complete, or it throws: a short read would look like people who left. No order is promised. Each key once.
   *
   * @throws {SourceError} when anything of it could not be read: a page, a group, a manager, a line of a file
   * @throws the signal's reason when it is aborted
   */
  people(signal: AbortSignal): AsyncIterable<Person>;
}

/** A source could not be read completely; nothing may be concluded from what it gave. */
export class SourceError extends Error {
  /** Stable, kebab-case: the diagnostic's code. */
  readonly code: string;
  /** The diagnostic's summary; holds no names that users choose. */
  readonly summary: string;
  /** Where in the config (or in a source's file) the cause is named; null when nowhere. */
  readonly place: Place | null;
  /** Of the service's answer; "" when there is none. */
  readonly requestId: string;
  /** What else is wrong, to be told too. */
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
