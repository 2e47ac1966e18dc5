import { encode } from "../../../http/graph/odata.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import type { GraphClient } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import type { BookJournal } from "../../../model/journal.ts";
import type { Folder } from "./list-folders.ts";
import type { FolderMark } from "./folder-mark.ts";
import { markProperties } from "./folder-mark.ts";
import { laneOf, mailboxPath } from "../graph-contact.ts";
import { notDone } from "../outcomes.ts";

export interface FolderWorld {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
}

/**
 * Writes the mark of a folder and, if `name` is given, its name. Without `name`, a concurrent rename by the user stays.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 */
export async function writeFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  { id, displayName }: Folder,
  { name, mark }: { readonly name?: string; readonly mark: FolderMark },
  signal: AbortSignal,
): Promise<void> {
  const url = `${mailboxPath(book)}/contactFolders/${encode(id)}`;
  const named = name === undefined ? {} : { displayName: name };
  const body = { ...named, singleValueExtendedProperties: markProperties(mark) };
  const [step = -1] = await journal.begin([
    { action: "folder", before: displayName, after: name ?? displayName },
  ]);
  try {
    const { requestId } = await graph.send({ method: "PATCH", url, lane: laneOf(book), body }, signal);
    journal.end([{ step, status: "done", after: null, requestId, code: "" }]);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    journal.end([notDone(step, error)]);
    throw error;
  }
}
