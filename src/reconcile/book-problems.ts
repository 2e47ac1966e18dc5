import type { BookProblem, BookRef } from "../model/book.ts";
import { BookError } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BookPlan } from "../model/plan.ts";
import { IncompleteError } from "../desired/incomplete-error.ts";

/** What keeps a book from being planned; null for a bug. */
export function bookProblemOf(
  error: unknown,
  explain: (error: unknown) => Diagnostic | null,
): BookProblem | null {
  if (error instanceof BookError) return error.problem;
  const diagnostic = error instanceof IncompleteError ? error.diagnostic : explain(error);
  if (diagnostic === null) return null;
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
