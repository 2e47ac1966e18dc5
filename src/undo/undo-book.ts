import type { BookRef } from "../model/book.ts";
import type { DesiredContact, LiveContact } from "../model/contact.ts";
import type { Change } from "../model/plan.ts";
import type { BookReading } from "../model/target.ts";
import { byKeyAndId } from "../plan/change-order.ts";
import { isMade } from "../plan/is-made.ts";
import { withoutPerson } from "../reconcile/book-problems.ts";
import type { PlannedBook } from "../reconcile/plan-records.ts";
import type { History } from "./history.ts";
import type { OtherRuns } from "./other-runs.ts";
import { isBegunAs } from "./same-state.ts";
import { inverseOf } from "./inverse.ts";
import type { BookNow } from "./book-now.ts";

/** What a rollback does in one book. `desired` contains the contacts of the sync that stay. */
export interface UndoneBook extends PlannedBook {
  /** Number of contacts that keep a picture from the run, because no service can delete a picture. */
  readonly picturesKept: number;
}

/** Rules that are the same for all books of a sync. */
export interface UndoRules extends Pick<BookNow, "owner" | "isRetry" | "takesOver"> {
  readonly others: OtherRuns;
}

/**
 * Compares what a run did in a book with what is there now, and plans the inverse. Contacts that are in no step of the
 * run are not changed.
 *
 * @param reading - the complete book; contacts elsewhere are considered only if a step names them
 */
export function undoBook(
  book: BookRef,
  histories: readonly History[],
  { live, elsewhere = [] }: Pick<BookReading, "live" | "elsewhere">,
  rules: UndoRules,
): Omit<UndoneBook, "forecastSeconds"> {
  const everywhere = [...live, ...elsewhere.flatMap((place) => place.live)];
  const { owner, others } = rules;
  const now = { ...bookNow(histories, live, everywhere, owner), ...rules };
  const place = { owner, id: book.id };
  const inverses = histories.map((history) => {
    const change = inverseOf(history, now);
    if (change === null || !isMade(change) || !history.isInDoubt) return { history, change };
    const id = change.action === "create" ? history.id : change.live.id;
    return { history, change: { ...change, withheld: others.reasonFor(place, history, id) } };
  });
  const changes = inverses.flatMap(({ change }) => change ?? []).toSorted(byKeyAndId);
  const own = live.filter(({ marker }) => marker?.owner === owner);
  const isChanged = new Set(
    changes.flatMap((change) => (change.action === "create" ? [] : [change.live.id])),
  );
  const isDeleted = new Set(
    changes.flatMap((change) => (change.action === "delete" && isMade(change) ? [change.live.id] : [])),
  );
  return {
    plan: {
      book: withoutPerson(book),
      unchanged: own.filter(({ id }) => !isChanged.has(id)).length,
      unmanaged: null,
      problem: null,
      changes,
    },
    desired: own.filter(({ id }) => !isDeleted.has(id)).map(asDesired),
    picturesKept: inverses.filter(({ history, change }) => keepsPicture(history, change)).length,
  };
}

function bookNow(
  histories: readonly History[],
  live: readonly LiveContact[],
  everywhere: readonly LiveContact[],
  owner: string,
): Omit<BookNow, keyof UndoRules> {
  const byId = new Map(everywhere.map((contact) => [contact.id, contact]));
  const made = new Set(histories.flatMap(({ before, key }) => (before.kind === "none" ? [key] : [])));
  const gone = new Set(histories.flatMap(({ left, key }) => (left.kind === "gone" ? [key] : [])));
  const named = new Set(histories.flatMap(({ id }) => id ?? []));
  return {
    byId: (id) => byId.get(id),
    isMoved: (key) => made.has(key) && gone.has(key),
    othersOf: (key) =>
      live.filter(({ id, marker }) => marker?.owner === owner && marker.key === key && !named.has(id)),
    notOwn: live.filter(({ id, marker }) => marker?.owner !== owner && !named.has(id)),
    halfMade: (alias) => live.filter((contact) => isBegunAs(contact, alias) && !named.has(contact.id)),
  };
}

function keepsPicture({ photo, before }: History, change: Change | null): boolean {
  const isRestored = change !== null && change.action === "update" && isMade(change);
  return before.kind !== "none" && photo !== null && photo.lost === null && isRestored;
}

function asDesired({ marker, fields }: LiveContact): DesiredContact {
  const { key = "", digest = "" } = marker ?? {};
  return { key, displayName: fields.displayName ?? "", addresses: [], fields, digest };
}
