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
 * A folder of a mailbox. One that we made carries our mark, with the configured name: it is known again when its user
 * renames it or drags it below another one, and a new name in the config renames it. A folder of that name that its user
 * made is used, marked as such once contacts are made in it, and stays his.
 */
export interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** Null where it has none of our owner. */
  readonly mark: FolderMark | null;
  /** The mark of another owner, whose sync shares it or is alone in it; null where it has none. */
  readonly othersMark: FolderMark | null;
  /** Whether another folder beside it has the name that the config has for the book. */
  readonly isNameTaken: boolean;
}

/** Whether we made the folder. */
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

/** Those in any of these folders; one that is gone by now has none. @throws {GraphError} */
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

/** Folders side by side, by id, so that two that fit (one was copied) do not take turns. */
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
