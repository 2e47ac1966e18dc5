import type { NetworkFailure } from "./network-failure.ts";

/** No usable answer came; whether to ask again is decided by who hears of it. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly failure: NetworkFailure;

  constructor(failure: NetworkFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}
