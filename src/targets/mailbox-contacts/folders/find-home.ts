import type { GraphReader } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import { findFolders } from "./find-folders.ts";
import type { Folder } from "./find-folders.ts";
import { holdsContacts } from "../read/read-book.ts";

/**
 * The folder of a book, the same as it is read from; null where there is none.
 *
 * @throws {GraphError}
 */
export async function findHome(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<Folder | null> {
  const holdsOurs = ({ id }: Folder): Promise<boolean> =>
    holdsContacts(graph, book, { folderId: id, owner }, signal);
  const { home } = await findFolders(graph, book, owner, signal, holdsOurs);
  return home;
}
