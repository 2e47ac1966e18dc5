import type { BookProblem, BookRef } from "../model/book.ts";
import { BookError } from "../model/book.ts";
import type { BookPlan } from "../model/plan.ts";
import { IncompleteError } from "../desired/incomplete-error.ts";
import type { PlanInput } from "./plan-input.ts";

/**
 * Turns an error into the problem of the book that could not be planned.
 *
 * @throws the signal's reason when aborted
 * @throws `error` itself when it is a bug
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

/** The plan of a book with a problem, which changes nothing. */
export function unplannedBook(book: BookRef, problem: BookProblem): BookPlan {
  return { book: withoutPerson(book), problem, unchanged: 0, unmanaged: null, changes: [] };
}

/** Removes the directory data of the mailbox's user, which plans do not need and saved plans should not contain. */
export function withoutPerson(book: BookRef): BookRef {
  return { ...book, person: null };
}
