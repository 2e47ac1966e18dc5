import { encode, sameText } from "../../directory/odata.ts";
import { getCollections } from "../../http/graph/get-collections.ts";
import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef } from "../../model/book.ts";
import type { Marker } from "../../model/contact.ts";
import { laneOf, mailboxPath } from "./graph-contact.ts";
import type { ExtendedProperty } from "./graph-contact.ts";
import { expandMarkers, readMarker } from "./markers.ts";
import { isGone } from "./problems.ts";

/**
 * A folder of a mailbox. One that we made carries our marker, with the configured name as its key: it is known again
 * when its user renames it or drags it below another one, and a new name in the config renames it. A folder of that name
 * that somebody else made is used, but not marked, since it is not ours to remove.
 */
export interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** Null where it is not ours. */
  readonly marker: Marker | null;
  /** Whether another folder beside it has the name that the config has for the book. */
  readonly isNameTaken: boolean;
}

/** The folders of a mailbox that concern a book. */
export interface FoundFolders {
  /** Its own; null when there is none. */
  readonly home: Folder | null;
  /** Others with our owner's marker, as far as the search went. */
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
 * The folder with our marker wherever its user has dragged it, or else an uppermost one with the configured name; null
 * when there is neither. Graph does not list the default folder, which therefore is never found by its name.
 *
 * Folders within folders cost a request each, so that they are looked at only where no uppermost one is ours, nor is of
 * the name and `holdsOurs`.
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
  if (named !== null && (await holdsOurs(named))) return { home: named, others: [] };
  let level: readonly Folder[] = uppermost;
  for (let depth = 1; depth <= levelsBelow && level.length > 0; depth++) {
    level = await foldersBelow(graph, book, owner, level, signal);
    const dragged = homeAmong(level, book);
    if (dragged !== null) return { home: dragged, others: othersAmong(level, dragged) };
  }
  return { home: named, others: [] };
}

/**
 * Every folder with our owner's marker: where contacts may be of a book that is in the default folder now.
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
    if (isGone(answer.error)) return [];
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
      const marker = readMarker(folder.singleValueExtendedProperties);
      return {
        id: folder.id,
        displayName: folder.displayName ?? "",
        marker: marker?.owner === owner ? marker : null,
        isNameTaken: found.some((other) => other.id !== folder.id && isNamed(other)),
      };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function homeAmong(folders: readonly Folder[], book: BookRef): Folder | null {
  const ours = folders.filter(({ marker }) => marker !== null);
  return ours.find(({ marker }) => marker?.key === book.folder) ?? ours[0] ?? null;
}

function namedAmong(folders: readonly Folder[], book: BookRef): Folder | null {
  return (
    folders.find(({ displayName }) => displayName === book.folder) ??
    folders.find(({ displayName }) => sameText(displayName, book.folder ?? "")) ??
    null
  );
}

function othersAmong(folders: readonly Folder[], home: Folder | null): Folder[] {
  return folders.filter((folder) => folder.marker !== null && folder !== home);
}
