import type { BookRef, SkippedBook } from "../model/book.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Target } from "../model/target.ts";
import { TargetError } from "../model/target.ts";
import type { MailboxFilter } from "./mailbox-filter.ts";
import type { PlanInput } from "./plan-input.ts";

/** The books of one sync, or why they are unknown. */
export type BookListing =
  | {
      readonly ok: true;
      readonly books: readonly (BookRef | SkippedBook)[];
      /** Books that the config does not name; empty unless the run is a sweep. */
      readonly former: readonly BookRef[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Lists the books of a target that match the filter, and in a sweep all other books of the tenant that match it. Both
 * lists are ordered by mailbox address by code unit, then by id.
 *
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
 */
export async function listBooks(
  target: Target,
  filter: MailboxFilter,
  world: Pick<PlanInput, "explain" | "signal" | "sweep">,
): Promise<BookListing> {
  try {
    const books: (BookRef | SkippedBook)[] = [];
    const former: BookRef[] = [];
    /** Regardless of the filter: limiting a run to some mailboxes must not empty the other mailboxes of the config. */
    const known = new Set<string>();
    for await (const book of target.books(world.signal)) {
      known.add(accountOf(book));
      if (filter.matches(book)) books.push(book);
    }
    if (world.sweep) {
      const others = target.formerBooks?.(known, world.signal) ?? [];
      for await (const book of others) if (filter.matches(book)) former.push(book);
    }
    return { ok: true, books: books.toSorted(byMailbox), former: former.toSorted(byMailbox) };
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

function accountOf(book: BookRef | SkippedBook): string {
  return "id" in book ? book.id : (book.account ?? "");
}

function idOf(book: BookRef | SkippedBook): string {
  return "id" in book ? book.id : "";
}
