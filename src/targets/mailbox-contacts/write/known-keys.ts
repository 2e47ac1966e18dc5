import type { LiveContact } from "../../../model/contact.ts";
import { oldestFirst } from "../../../model/order.ts";
import type { Change, CreateChange } from "../../../model/plan.ts";
import { lookUp } from "./look-up.ts";
import type { Findings, LookUp } from "./look-up.ts";
import { readBook } from "../read/read-book.ts";
import { folderIdOf } from "../folders/where.ts";

/** What the folder holds of those who are to be created, as far as that is known without asking for each of them. */
export interface KnownKeys {
  /** Contacts of ours by key, the oldest of each first. */
  readonly found: ReadonlyMap<string, readonly LiveContact[]>;
  /** Whether the folder holds no others. */
  readonly isComplete: boolean;
}

/** In a folder that was just made, or is not there. */
export const emptyFolder: KnownKeys = { found: new Map(), isComplete: true };

/** Up to so many creates, each is asked for by itself (one batch); beyond that the book is read once. */
const fewCreates = 20;

/**
 * A book is read page by page and can shift meanwhile (see readBook), so that one of several pages is not known
 * completely.
 *
 * @throws {GraphError} when the book could not be read
 * @throws {BookError} when its pages have no end
 */
export async function readKeys(
  { graph, place, fields }: LookUp,
  creates: readonly CreateChange[],
  signal: AbortSignal,
): Promise<KnownKeys> {
  if (creates.length <= fewCreates) return { found: new Map(), isComplete: creates.length === 0 };
  const wanted = new Set(creates.map(({ key }) => key));
  const found = new Map<string, readonly LiveContact[]>();
  const { book, where, owner } = place;
  let pages = 0;
  for await (const page of readBook(graph, book, { folderId: folderIdOf(where), owner, fields }, signal)) {
    pages++;
    for (const contact of page) {
      const { marker } = contact;
      if (marker?.owner !== owner || !wanted.has(marker.key)) continue;
      found.set(marker.key, [...(found.get(marker.key) ?? []), contact].toSorted(oldestFirst));
    }
  }
  return { found, isComplete: pages <= 1 };
}

/**
 * The contacts that changes are about, just before these are sent: what is to be changed or deleted is always asked
 * for by itself, since hours may lie between the first batch of a mailbox and its last one.
 *
 * @param changes - at most 20
 * @throws {GraphError} when no contact of the mailbox can be read
 */
export async function findCurrent(
  query: LookUp,
  { found, isComplete }: KnownKeys,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Findings> {
  const known = new Map(
    changes.flatMap((change) => {
      const contacts = change.action === "create" ? found.get(change.key) : undefined;
      if (contacts !== undefined) return [[change, contacts] as const];
      return change.action === "create" && isComplete ? [[change, []] as const] : [];
    }),
  );
  const open = changes.filter((change) => !known.has(change));
  return new Map([...known, ...(await lookUp(query, open, signal))]);
}
