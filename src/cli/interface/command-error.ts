import type { Diagnostic } from "../../model/diagnostic.ts";

/** A command cannot go on because of what the user gave it; everything that is wrong is in `diagnostics`. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], cause?: unknown) {
    super(diagnostics.map(({ detail }) => detail).join(" "), { cause });
    this.diagnostics = diagnostics;
  }
}

/** One problem without a place in a file. */
export function commandError(code: string, summary: string, detail: string, cause?: unknown): CommandError {
  return new CommandError([{ severity: "error", code, summary, detail, place: null }], cause);
}
