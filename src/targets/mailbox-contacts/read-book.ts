import { createEachOnce, pagesWithoutNews } from "../../http/graph/each-once.ts";
import type { GraphGet, GraphReader } from "../../http/graph/graph.ts";
import { BookError } from "../../model/book.ts";
import type { BookRef } from "../../model/book.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import type { LiveContact } from "../../model/contact.ts";
import { toLiveContact } from "./convert.ts";
import { contactsPath, immutableIds, laneOf } from "./graph-contact.ts";
import type { GraphContact } from "./graph-contact.ts";
import { expandMarkers, ownerFilter } from "./markers.ts";
import { selectOf } from "./select.ts";

/** The most is 1,000; what the service makes of more is not known, and of the limit itself not surely. */
const pageSize = 999;

/**
 * The contacts of a book, page by page, each id once: all of them in a folder of ours, in the default folder only
 * those of our owner, so that what users keep privately is not even downloaded.
 *
 * Pages are counted off by position. When its user deletes a contact meanwhile, one at the edge of a page can be
 * missed; it then looks as if it had to be created. That is why the writer looks a key up before it creates it.
 *
 * @param folderId - null for the default folder
 * @throws {GraphError}
 * @throws {BookError} when its pages have no end
 */
export async function* readBook(
  graph: GraphReader,
  book: BookRef,
  query: { folderId: string | null; owner: string; fields: readonly ContactField[] },
  signal: AbortSignal,
): AsyncGenerator<readonly LiveContact[]> {
  const { folderId, owner, fields } = query;
  const once = createEachOnce();
  const request = bookRequest(book, folderId, owner, fields);
  for await (const page of graph.pages<GraphContact>(request, signal)) {
    const contacts = once.fresh(page).map((item) => toLiveContact(item, fields));
    if (once.isCircling()) throw endless(book);
    // Not every service refuses a filter that it does not know.
    yield folderId === null ? contacts.filter(({ marker }) => marker?.owner === owner) : contacts;
  }
}

function endless(book: BookRef): BookError {
  const message =
    `${book.mailbox ?? book.id}: Graph did not come to an end of its contacts: ${pagesWithoutNews} pages in a row ` +
    "brought nothing new, as if they went round in a circle. Nothing is changed in this mailbox. Run again later.";
  return new BookError({ severity: "error", code: "mailbox-read-endless", message });
}

function bookRequest(
  book: BookRef,
  folderId: string | null,
  owner: string,
  fields: readonly ContactField[],
): GraphGet {
  const options = [selectOf(fields), expandMarkers, `$top=${pageSize}`];
  if (folderId === null) options.unshift(ownerFilter(owner));
  const url = `${contactsPath(book, folderId)}?${options.join("&")}`;
  return { url, lane: laneOf(book), headers: immutableIds };
}
