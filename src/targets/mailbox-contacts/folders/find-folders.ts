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
  /** Whether it has the mark of another owner. */
  readonly isOthers: boolean;
  /** Whether another folder beside it has the name that the config has for the book. */
  readonly isNameTaken: boolean;
}

/** Whether we made the folder. */
export function isFolderOurs({ mark }: Folder): boolean {
  return mark !== null && mark.state !== "used";
}

/** The folders of a mailbox that concern a book. */
export interface FoundFolders {
  /** Its own; null when there is none. */
  readonly home: Folder | null;
  /** Others with our owner's mark, as far as the search went. */
  readonly others: readonly Folder[];
}

interface GraphFolder {
  readonly id: string;
  readonly displayName?: string | null;
  readonly singleValueExtendedProperties?: readonly ExtendedProperty[] | null;
}

/** Folders within folders are looked at so many levels below the uppermost. */
const levelsBelow = 5;
const options = `$select=id,displayName&${expandMarkers}&$top=100`;

/**
 * The home of a book: our folder, or the one that is marked as used under the configured name, wherever its user has
 * dragged it; or else an uppermost one that is called so, null when there is none. Graph does not list the default folder,
 * which therefore is never found by its name. A folder that was used under another name is no home, but one of `others`.
 *
 * Folders within folders cost a request each, so that they are looked at only where no uppermost one is marked as home,
 * nor is one called so that `holdsOurs`.
 *
 * @param holdsOurs - whether contacts of our owner are in a folder
 * @throws {GraphError}
 */
export async function findFolders(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
  holdsOurs: (folder: Folder) => Promise<boolean>,
): Promise<FoundFolders> {
  const uppermost = await uppermostFolders(graph, book, owner, signal);
  const marked = homeAmong(uppermost, book);
  if (marked !== null) return { home: marked, others: othersAmong(uppermost, marked) };
  const named = namedAmong(uppermost, book);
  const others = othersAmong(uppermost, named);
  if (named !== null && (await holdsOurs(named))) return { home: named, others };
  let level: readonly Folder[] = uppermost;
  for (let depth = 1; depth <= levelsBelow && level.length > 0; depth++) {
    level = await foldersBelow(graph, book, owner, level, signal);
    const dragged = homeAmong(level, book);
    others.push(...othersAmong(level, dragged));
    if (dragged !== null) return { home: dragged, others };
  }
  return { home: named, others };
}

/**
 * Every folder with our owner's mark: where contacts may be of a book that is in the default folder now.
 *
 * @throws {GraphError}
 */
export async function findOurFolders(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<readonly Folder[]> {
  let level = await uppermostFolders(graph, book, owner, signal);
  const ours = othersAmong(level, null);
  for (let depth = 1; depth <= levelsBelow && level.length > 0; depth++) {
    level = await foldersBelow(graph, book, owner, level, signal);
    ours.push(...othersAmong(level, null));
  }
  return ours;
}

async function uppermostFolders(
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

/** Those in any of these folders; one that is gone by now has none. */
async function foldersBelow(
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
        isOthers: mark !== null && mark.owner !== owner,
        isNameTaken: found.some((other) => other.id !== folder.id && isNamed(other)),
      };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function homeAmong(folders: readonly Folder[], book: BookRef): Folder | null {
  const named = folders.filter(({ mark }) => mark?.name === book.folder);
  return named.find(isFolderOurs) ?? named[0] ?? folders.find(isFolderOurs) ?? null;
}

function namedAmong(folders: readonly Folder[], book: BookRef): Folder | null {
  return (
    folders.find(({ displayName }) => displayName === book.folder) ??
    folders.find(({ displayName }) => sameText(displayName, book.folder ?? "")) ??
    null
  );
}

function othersAmong(folders: readonly Folder[], home: Folder | null): Folder[] {
  return folders.filter((folder) => folder.mark !== null && folder !== home);
}
