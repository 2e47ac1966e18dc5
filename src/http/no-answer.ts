import type { NetworkFailure } from "./network-failure.ts";

/** No usable answer came. The layer that catches this decides whether to retry. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}
