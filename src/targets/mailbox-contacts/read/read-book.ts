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

/** Just below the maximum of 1,000, because it is not certain how the service treats the limit itself. */
const pageSize = 999;

interface FolderQuery {
  /** Null for the default folder. */
  readonly folderId: string | null;
  readonly owner: string;
  readonly fields: readonly ContactField[];
}

/**
 * Reads the contacts of a book, page by page, each id once. In a folder of ours these are all contacts; in the default
 * folder only those of our owner, so that what users keep privately is not even downloaded.
 *
 * Graph pages by position. If the user deletes a contact during the reading, a contact at the edge of a page can be
 * missed and then looks as if it had to be created. That is why the writer looks up a key before it creates a contact.
 *
 * @throws {GraphError}
 * @throws {BookError} when the pages do not end
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
 * Reads all contacts of our owner in a folder.
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
 * Whether a folder contains any contact of our owner.
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
    // A service may silently ignore a filter that it does not support.
    yield onlyOurs ? contacts.filter(({ marker }) => marker?.owner === owner) : contacts;
  }
}

/** One reader for all mailboxes of a tenant, because they contain the same people. */
function readerFor(graph: GraphReader): ReadBody {
  const reader = readers.get(graph) ?? createAlikeReader();
  readers.set(graph, reader);
  return reader;
}

const readers = new WeakMap<GraphReader, ReadBody>();

function endless(book: BookRef): BookError {
  const message =
    `${book.mailbox ?? book.id}: Graph returned ${pagesWithoutNews} pages of contacts in a row without a new one, ` +
    "so the list seems to have no end. Nothing is changed in this mailbox. Run again later.";
  return new BookError({ severity: "error", code: "mailbox-read-endless", message });
}
