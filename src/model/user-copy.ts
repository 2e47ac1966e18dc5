import type { LiveContact, Marker } from "./contact.ts";
import { oldestFirst } from "./order.ts";

/**
 * Whether a contact with our owner's marker in the user's own folder, which was the book before, is a copy that the
 * user made. Galops no longer creates contacts there, so its own are not younger than those it created in the book.
 *
 * @param since - the contact of the same person in the book, else the oldest one there; null when the book has none
 */
export function isCopySince(contact: LiveContact, since: LiveContact | null): boolean {
  return since !== null && contact.createdAt > since.createdAt;
}

/** No other key begins with this, because names of sources and tenant ids contain no colon. */
const released = "copy:";

/**
 * The key for a copy in the user's own folder, set when the original contact moves to another folder. A copy with this
 * key no longer represents a person and, no matter how old it is, is never mistaken for what a move left behind.
 */
export function releasedKey(key: string): string {
  return released + key;
}

export function isReleased({ key }: Pick<Marker, "key">): boolean {
  return key.startsWith(released);
}

/** Whether the owner may change and delete a contact: it has the owner's marker and was not left to its user. */
export function isOwnedBy({ marker }: Pick<LiveContact, "marker">, owner: string): boolean {
  return marker?.owner === owner && !isReleased(marker);
}

/** @returns null when `contacts` is empty */
export function oldestOf(contacts: readonly LiveContact[]): LiveContact | null {
  const [first = null, ...others] = contacts;
  return others.reduce(
    (oldest, one) => (oldest !== null && oldestFirst(one, oldest) < 0 ? one : oldest),
    first,
  );
}
