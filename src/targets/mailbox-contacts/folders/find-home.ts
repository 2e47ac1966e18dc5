import type { GraphReader } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import { findFolders } from "./find-folders.ts";
import type { Folder } from "./list-folders.ts";
import { isAnothers } from "./sharing.ts";
import { holdsContacts, readBook } from "../read/read-book.ts";

/**
 * Finds the folder of a book in the same way as reading does; null when there is none.
 *
 * @param moved - ids of contacts that move to it, so the folder that they are in cannot be the home
 * @throws {GraphError}
 * @throws {BookError} when the pages of a folder do not end
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
