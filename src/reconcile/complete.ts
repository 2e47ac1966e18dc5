import { IncompleteError } from "../desired/incomplete-error.ts";
import type { Notes } from "./notes.ts";

/** The value, or null and a note where an expression has none for somebody. */
export function complete<Value>(notes: Notes, make: () => Value): Value | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof IncompleteError)) throw error;
    notes.add(error.diagnostic);
    return null;
  }
}
