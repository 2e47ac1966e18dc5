import type { BookRef, SkippedBook } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Target } from "../model/target.ts";
import { TargetError } from "../model/target.ts";
import type { MailboxFilter } from "./mailbox-filter.ts";

/** The books of one sync, or why they are not known. */
export type BookListing =
  | { readonly ok: true; readonly books: readonly (BookRef | SkippedBook)[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The books of a target that the filter lets through, ordered by mailbox address by code unit, then by id.
 *
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export async function listBooks(
  target: Target,
  filter: MailboxFilter,
  world: { readonly explain: (error: unknown) => Diagnostic | null; readonly signal: AbortSignal },
): Promise<BookListing> {
  try {
    const books: (BookRef | SkippedBook)[] = [];
    for await (const book of target.books(world.signal)) if (filter.matches(book)) books.push(book);
    return { ok: true, books: books.toSorted(byMailbox) };
  } catch (error) {
    world.signal.throwIfAborted();
    const diagnostics = targetDiagnostics(error, world.explain);
    if (diagnostics.length === 0) throw error;
    return { ok: false, diagnostics };
  }
}

function targetDiagnostics(
  error: unknown,
  explain: (error: unknown) => Diagnostic | null,
): readonly Diagnostic[] {
  if (!(error instanceof TargetError)) return [explain(error)].filter((one) => one !== null);
  return [error.diagnostic, ...error.others].map((one) => ({ severity: "error", ...one }));
}

function byMailbox(one: BookRef | SkippedBook, other: BookRef | SkippedBook): number {
  return byCodeUnit(one.mailbox ?? "", other.mailbox ?? "") || byCodeUnit(idOf(one), idOf(other));
}

function idOf(book: BookRef | SkippedBook): string {
  return "id" in book ? book.id : "";
}
