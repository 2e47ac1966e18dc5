import type { LiveContact, Marker } from "./contact.ts";
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

/** No key begins so: names of sources have no colon, nor have tenant ids. */
const released = "copy:";

/**
 * The key of a copy that its user made in a place of his own, from when the contact that it is a copy of moves away: it
 * stands for nobody any more, and whatever its age it is never again taken for what a move left behind.
 */
export function releasedKey(key: string): string {
  return released + key;
}

export function isReleased({ key }: Pick<Marker, "key">): boolean {
  return key.startsWith(released);
}

/** Whether a contact is the owner's to change and delete: it has his mark, and was not left to its user. */
export function isOwnedBy({ marker }: Pick<LiveContact, "marker">, owner: string): boolean {
  return marker?.owner === owner && !isReleased(marker);
}

/** Null of none. */
export function oldestOf(contacts: readonly LiveContact[]): LiveContact | null {
  const [first = null, ...others] = contacts;
  return others.reduce(
    (oldest, one) => (oldest !== null && oldestFirst(one, oldest) < 0 ? one : oldest),
    first,
  );
}
