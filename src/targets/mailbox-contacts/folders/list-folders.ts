import { getCollections } from "../../../http/graph/get-collections.ts";
import type { GraphReader } from "../../../http/graph/graph.ts";
import { sameText } from "../../../http/graph/names.ts";
import { encode } from "../../../http/graph/odata.ts";
import type { BookRef } from "../../../model/book.ts";
import { laneOf, mailboxPath } from "../graph-contact.ts";
import type { ExtendedProperty } from "../graph-contact.ts";
import { expandMarkers } from "../markers.ts";
import { isItemGone } from "../problems.ts";
import type { FolderMark } from "./folder-mark.ts";
import { readFolderMark } from "./folder-mark.ts";

/**
 * A folder of a mailbox. A folder that galops created has our mark with the configured name, so that it is recognized
 * after the user renames or drags it, and a new name in the config renames it. A folder of that name that the user
 * created is used, and marked as such once contacts are created in it, but still belongs to the user.
 */
export interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** The mark of our owner; null for none. */
  readonly mark: FolderMark | null;
  /** The mark of another owner, with whose sync ours may share the folder; null for none. */
  readonly othersMark: FolderMark | null;
  /** Whether a sibling folder has the configured name of the book. */
  readonly isNameTaken: boolean;
}

/** Whether galops created the folder. */
export function isFolderOurs({ mark }: Folder): boolean {
  return mark !== null && mark.state !== "used";
}

interface GraphFolder {
  readonly id: string;
  readonly displayName?: string | null;
  readonly singleValueExtendedProperties?: readonly ExtendedProperty[] | null;
}

const options = `$select=id,displayName&${expandMarkers}&$top=100`;

/** @throws {GraphError} */
export async function uppermostFolders(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<readonly Folder[]> {
  const request = { url: `${mailboxPath(book)}/contactFolders?${options}`, lane: laneOf(book) };
  const folders: GraphFolder[] = [];
  for await (const page of graph.pages<GraphFolder>(request, signal)) folders.push(...page);
  return foldersOf(folders, book, owner);
}

/** Lists the subfolders of these folders. A parent that no longer exists has none. @throws {GraphError} */
export async function foldersBelow(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  parents: readonly Folder[],
  signal: AbortSignal,
): Promise<readonly Folder[]> {
  const requests = parents.map(({ id }) => ({
    url: `${mailboxPath(book)}/contactFolders/${encode(id)}/childFolders?${options}`,
    lane: laneOf(book),
  }));
  const answers = await getCollections<GraphFolder>(graph, requests, signal);
  return answers.flatMap((answer) => {
    if (answer.ok) return foldersOf(answer.body, book, owner);
    if (isItemGone(answer.error)) return [];
    throw answer.error;
  });
}

/** Converts sibling folders. Sorted by id, so that among copies of a folder the same one is always chosen. */
function foldersOf(
  found: readonly GraphFolder[],
  { folder: name }: BookRef,
  owner: string,
): readonly Folder[] {
  const isNamed = (folder: GraphFolder): boolean => sameText(folder.displayName ?? "", name ?? "");
  return found
    .map((folder) => {
      const mark = readFolderMark(folder.singleValueExtendedProperties);
      return {
        id: folder.id,
        displayName: folder.displayName ?? "",
        mark: mark?.owner === owner ? mark : null,
        othersMark: mark?.owner === owner ? null : mark,
        isNameTaken: found.some((other) => other.id !== folder.id && isNamed(other)),
      };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
