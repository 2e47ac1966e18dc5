import type { GraphReader } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import { findFolders } from "./find-folders.ts";
import type { Folder } from "./list-folders.ts";
import { isAnothers } from "./sharing.ts";
import { holdsContacts, readBook } from "../read/read-book.ts";

/**
 * The folder of a book, the same as it is read from; null where there is none.
 *
 * @param moved - ids of contacts that move to it: the folder that they are in is another one, whoever else has left it
 * @throws {GraphError}
 * @throws {BookError} when the pages of a folder have no end
 */
export async function findHome(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
  moved: ReadonlySet<string> = new Set(),
): Promise<Folder | null> {
  const { home } = await findFolders(graph, book, owner, signal, {
    holdsOurs: ({ id }) => holdsContacts(graph, book, { folderId: id, owner }, signal),
    async isKept({ id }) {
      for await (const page of readBook(graph, book, { folderId: id, owner, fields: [] }, signal)) {
        if (page.some((contact) => moved.has(contact.id) || isAnothers(contact, owner))) return true;
      }
      return false;
    },
  });
  return home;
}
