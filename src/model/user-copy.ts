import type { LiveContact } from "./contact.ts";
import { oldestFirst } from "./order.ts";

/**
 * Whether a contact with our owner's mark, in a place of the user's own where the config had the book before, is a copy
 * that he made: galops makes none there any more, so that one of its own is no younger than what it made in the book.
 *
 * @param since - the contact of the same person in the book, else the oldest there; null where the book has none of ours
 */
export function isCopySince(contact: LiveContact, since: LiveContact | null): boolean {
  return since !== null && contact.createdAt > since.createdAt;
}

/** Null of none. */
export function oldestOf(contacts: readonly LiveContact[]): LiveContact | null {
  const [first = null, ...others] = contacts;
  return others.reduce(
    (oldest, one) => (oldest !== null && oldestFirst(one, oldest) < 0 ? one : oldest),
    first,
  );
}
