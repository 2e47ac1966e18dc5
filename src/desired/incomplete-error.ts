import type { Diagnostic } from "../model/diagnostic.ts";

/**
 * Thrown when an expression has no value for a person, so that the sync's contacts are unknown and it changes nothing.
 */
export class IncompleteError extends Error {
  override readonly name = "IncompleteError";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, cause?: unknown) {
    super(diagnostic.detail, { cause });
    this.diagnostic = diagnostic;
  }
}
