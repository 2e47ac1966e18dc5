import { IncompleteError } from "../desired/incomplete-error.ts";
import type { Notes } from "./notes.ts";

/** Calls `make`. Returns null and adds a diagnostic when an expression has no value for a person. */
export function complete<Value>(notes: Notes, make: () => Value): Value | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof IncompleteError)) throw error;
    notes.add(error.diagnostic);
    return null;
  }
}
