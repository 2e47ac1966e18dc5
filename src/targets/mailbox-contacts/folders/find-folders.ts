import type { GraphReader } from "../../../http/graph/graph.ts";
import { sameText } from "../../../http/graph/names.ts";
import type { BookRef } from "../../../model/book.ts";
import { foldersBelow, isFolderOurs, uppermostFolders } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";

/** The folders of a mailbox that concern a book. */
export interface FoundFolders {
  /** Its own; null when there is none. */
  readonly home: Folder | null;
  /** Others with our owner's mark, as far as the search went. */
  readonly others: readonly Folder[];
  /** As `others`, with that of another owner: a folder has room for one mark, and may have been shared. */
  readonly foreign: readonly Folder[];
}

/** Folders within folders are looked at so many levels below the uppermost. */
const levelsBelow = 5;
/** What it takes to choose among folders. */
export interface Look {
  /** Whether contacts of our owner are in a folder. */
  holdsOurs(folder: Folder): Promise<boolean>;
  /** Whether a folder of ours keeps the name that the config had for it, so that our contacts move out of it. */
  isKept(folder: Folder): Promise<boolean>;
}

/**
 * The home of a book, the first of these wherever its user has dragged it:
 * - our folder, or the one that is marked as used, under the configured name;
 * - one that another sync marked under that name, which is shared;
 * - our folder under another name, which is renamed, unless it `isKept`;
 * - an uppermost one that is called so; null when there is none.
 *
 * Graph does not list the default folder, which therefore is never found by its name. A folder that was used under another
 * name is no home, but one of `others`.
 *
 * Folders within folders cost a request each, so that they are looked at only where no uppermost one is marked as home,
 * nor is one called so that `holdsOurs`.
 *
 * @throws {GraphError}
 */
export async function findFolders(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
  look: Look,
): Promise<FoundFolders> {
  let level = await uppermostFolders(graph, book, owner, signal);
  const seen = [...level];
  const shared = sharedAmong(level, book);
  const marked = await markedAmong(level, book, shared, look);
  if (marked !== null) return foundAmong(seen, marked);
  const named = shared ?? namedAmong(level, book);
  if (named !== null && (await look.holdsOurs(named))) return foundAmong(seen, named);
  for (let depth = 1; depth <= levelsBelow && level.length > 0; depth++) {
    level = await foldersBelow(graph, book, owner, level, signal);
    seen.push(...level);
    const dragged = (await markedAmong(level, book, shared, look)) ?? sharedAmong(level, book);
    if (dragged !== null && (dragged.mark !== null || (await look.holdsOurs(dragged))))
      return foundAmong(seen, dragged);
  }
  return foundAmong(seen, named);
}

/**
 * Every folder with a mark: where contacts may be of a book that is in the default folder now.
 *
 * @throws {GraphError}
 */
export async function findMarkedFolders(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<Omit<FoundFolders, "home">> {
  let level = await uppermostFolders(graph, book, owner, signal);
  const seen = [...level];
  for (let depth = 1; depth <= levelsBelow && level.length > 0; depth++) {
    level = await foldersBelow(graph, book, owner, level, signal);
    seen.push(...level);
  }
  return foundAmong(seen, null);
}

/** A folder of ours. @param shared - the one that another sync has under the name, so that ours cannot get it */
async function markedAmong(
  folders: readonly Folder[],
  { folder: name }: BookRef,
  shared: Folder | null,
  look: Look,
): Promise<Folder | null> {
  const named = folders.filter(({ mark }) => mark?.name === name);
  const home = named.find(isFolderOurs) ?? named[0];
  if (home !== undefined) return home;
  return shared === null ? await toRename(folders.filter(isFolderOurs), look) : null;
}

async function toRename(ours: readonly Folder[], look: Look): Promise<Folder | null> {
  const free: Folder[] = [];
  for (const folder of ours) if (!(await look.isKept(folder))) free.push(folder);
  if (free.length > 1) for (const folder of free) if (await look.holdsOurs(folder)) return folder;
  return free[0] ?? null;
}

function sharedAmong(folders: readonly Folder[], { folder: name }: BookRef): Folder | null {
  return folders.find(({ othersMark }) => othersMark?.name === name) ?? null;
}

function namedAmong(folders: readonly Folder[], book: BookRef): Folder | null {
  return (
    folders.find(({ displayName }) => displayName === book.folder) ??
    folders.find(({ displayName }) => sameText(displayName, book.folder ?? "")) ??
    null
  );
}

function foundAmong(seen: readonly Folder[], home: Folder | null): FoundFolders {
  const rest = seen.filter((folder) => folder !== home);
  return {
    home,
    others: rest.filter(({ mark }) => mark !== null),
    foreign: rest.filter(({ othersMark }) => othersMark !== null),
  };
}
