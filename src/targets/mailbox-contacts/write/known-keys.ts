import type { LiveContact } from "../../../model/contact.ts";
import { oldestFirst } from "../../../model/order.ts";
import type { Change, CreateChange } from "../../../model/plan.ts";
import { lookUp } from "./look-up.ts";
import type { Findings, LookUp } from "./look-up.ts";
import { readBook } from "../read/read-book.ts";
import { folderIdOf } from "../folders/where.ts";

/** Contacts to create that the folder already contains, as far as known without searching for each of them. */
export interface KnownKeys {
  /** Contacts of ours by key, the oldest of each first. */
  readonly found: ReadonlyMap<string, readonly LiveContact[]>;
  /** Whether the folder certainly contains no others. */
  readonly isComplete: boolean;
}

/** For a folder that was just created or does not exist. */
export const emptyFolder: KnownKeys = { found: new Map(), isComplete: true };

/** Up to this number of creates, each is searched separately (in one batch); for more the book is read once. */
const fewCreates = 20;

/**
 * Reads the book if there are many creates. A book of several pages never counts as complete, because contacts can
 * shift between pages (see readBook).
 *
 * @throws {GraphError} when the book could not be read
 * @throws {BookError} when its pages do not end
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
 * Finds the current contacts of changes, just before these are sent. Contacts to update or delete are always read
 * separately, because hours can pass between the first and the last batch of a mailbox.
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
