import type { Diagnostic } from "../model/diagnostic.ts";

/** An expression had no value for a person, so it is not known what the sync wants; it changes nothing. */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, cause?: unknown) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
  }
}
