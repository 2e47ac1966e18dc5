/** That a request waits, for people who wonder why nothing moves. */
export interface Wait {
  /** Whose requests wait: `directory`, `mailbox:<id>` or `exchange`. */
  readonly lane: string;
  readonly seconds: number;
  /** Code of what stood in the way, e.g. `TooManyRequests`, `connection-refused`. */
  readonly reason: string;
}
