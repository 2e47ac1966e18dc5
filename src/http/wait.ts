/** Reports that a request is waiting, to tell users why a run does not progress. */
export interface Wait {
  /** The lane whose requests wait: `directory`, `mailbox:<id>` or `exchange`. */
  readonly lane: string;
  readonly seconds: number;
  /** The error code that caused the wait, e.g. `TooManyRequests`, `connection-refused`. */
  readonly reason: string;
}
