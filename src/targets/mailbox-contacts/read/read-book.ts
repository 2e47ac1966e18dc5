import { createAlikeReader } from "../../../http/graph/alike-items.ts";
import type { ReadBody } from "../../../http/graph/alike-items.ts";
import { createEachOnce, pagesWithoutNews } from "../../../http/each-once.ts";
import type { GraphReader } from "../../../http/graph/graph.ts";
import { BookError } from "../../../model/book.ts";
import type { BookRef } from "../../../model/book.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { LiveContact } from "../../../model/contact.ts";
import { isOwnedBy } from "../../../model/user-copy.ts";
import { toLiveContact } from "../fields/convert.ts";
import { contactsPath, immutableIds, laneOf } from "../graph-contact.ts";
import type { GraphContact } from "../graph-contact.ts";
import { expandMarkers, ownerFilter } from "../markers.ts";
import { selectOf } from "../fields/select.ts";

/** The most is 1,000; what the service makes of more is not known, and of the limit itself not surely. */
const pageSize = 999;

interface FolderQuery {
  /** Null for the default folder. */
  readonly folderId: string | null;
  readonly owner: string;
  readonly fields: readonly ContactField[];
}

/**
 * The contacts of a book, page by page, each id once: all of them in a folder of ours, in the default folder only
 * those of our owner, so that what users keep privately is not even downloaded.
 *
 * Pages are counted off by position. When its user deletes a contact meanwhile, one at the edge of a page can be
 * missed; it then looks as if it had to be created. That is why the writer looks a key up before it creates it.
 *
 * @throws {GraphError}
 * @throws {BookError} when its pages have no end
 */
export function readBook(
  graph: GraphReader,
  book: BookRef,
  query: FolderQuery,
  signal: AbortSignal,
): AsyncGenerator<readonly LiveContact[]> {
  return readFolder(graph, book, { ...query, onlyOurs: query.folderId === null }, signal);
}

/**
 * All contacts of our owner in a folder.
 *
 * @throws as `readBook`
 */
export async function readOurs(
  graph: GraphReader,
  book: BookRef,
  query: FolderQuery,
  signal: AbortSignal,
): Promise<readonly LiveContact[]> {
  const contacts: LiveContact[] = [];
  for await (const page of readFolder(graph, book, { ...query, onlyOurs: true }, signal))
    contacts.push(...page);
  return contacts;
}

/**
 * Whether a folder holds any contact of our owner.
 *
 * @throws as `readBook`
 */
export async function holdsContacts(
  graph: GraphReader,
  book: BookRef,
  place: Omit<FolderQuery, "fields">,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const page of readFolder(graph, book, { ...place, fields: [], onlyOurs: true }, signal)) {
    if (page.some((contact) => isOwnedBy(contact, place.owner))) return true;
  }
  return false;
}

async function* readFolder(
  graph: GraphReader,
  book: BookRef,
  { folderId, owner, fields, onlyOurs }: FolderQuery & { readonly onlyOurs: boolean },
  signal: AbortSignal,
): AsyncGenerator<readonly LiveContact[]> {
  const once = createEachOnce();
  const filter = onlyOurs ? [ownerFilter(owner)] : [];
  const options = [...filter, selectOf(fields), expandMarkers, `$top=${pageSize}`];
  const url = `${contactsPath(book, folderId)}?${options.join("&")}`;
  const request = { url, lane: laneOf(book), headers: immutableIds, read: readerFor(graph) };
  for await (const page of graph.pages<GraphContact>(request, signal)) {
    const contacts = once.fresh(page).map((item) => toLiveContact(item, fields));
    if (once.isCircling()) throw endless(book);
    // Not every service refuses a filter that it does not know.
    yield onlyOurs ? contacts.filter(({ marker }) => marker?.owner === owner) : contacts;
  }
}

/** One for all mailboxes of a tenant: the same people are in them. */
function readerFor(graph: GraphReader): ReadBody {
  const reader = readers.get(graph) ?? createAlikeReader();
  readers.set(graph, reader);
  return reader;
}

const readers = new WeakMap<GraphReader, ReadBody>();

function endless(book: BookRef): BookError {
  const message =
    `${book.mailbox ?? book.id}: Graph did not come to an end of its contacts: ${pagesWithoutNews} pages in a row ` +
    "brought nothing new, as if they went round in a circle. Nothing is changed in this mailbox. Run again later.";
  return new BookError({ severity: "error", code: "mailbox-read-endless", message });
}
