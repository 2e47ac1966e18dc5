import type { BookProblem, BookRef } from "../model/book.ts";
import { BookError } from "../model/book.ts";
import type { BookPlan } from "../model/plan.ts";
import { IncompleteError } from "../desired/incomplete-error.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * What keeps a book from being planned.
 *
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export function bookProblemOf(
  error: unknown,
  { signal, explain }: Pick<PlanInput, "signal" | "explain">,
): BookProblem {
  signal.throwIfAborted();
  if (error instanceof BookError) return error.problem;
  const diagnostic = error instanceof IncompleteError ? error.diagnostic : explain(error);
  if (diagnostic === null) throw error;
  const { code, detail: message, requestId } = diagnostic;
  return { severity: "error", code, message, ...(requestId === undefined ? {} : { requestId }) };
}

/** The plan for a book in which nothing is changed, since there is a problem. */
export function unplannedBook(book: BookRef, problem: BookProblem): BookPlan {
  return { book: withoutPerson(book), problem, unchanged: 0, unmanaged: null, changes: [] };
}

/** What the directory says of the mailbox's owner is nothing that a plan needs, or that a saved one should keep. */
export function withoutPerson(book: BookRef): BookRef {
  return { ...book, person: null };
}
