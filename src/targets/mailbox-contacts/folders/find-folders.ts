import type { GraphReader } from "../../../http/graph/graph.ts";
import { sameText } from "../../../http/graph/names.ts";
import type { BookRef } from "../../../model/book.ts";
import { foldersBelow, isFolderOurs, uppermostFolders } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";

/** The folders of a mailbox that may contain contacts of a book. */
export interface FoundFolders {
  /** The folder of the book; null when there is none. */
  readonly home: Folder | null;
  /** Other folders with our owner's mark, among those that were searched. */
  readonly others: readonly Folder[];
  /** Like `others`, but with another owner's mark: a folder can have only one mark, and may have been shared. */
  readonly foreign: readonly Folder[];
}

/** Number of levels below the top-level folders that are searched. */
const levelsBelow = 5;

/** Answers what must be known of folders to choose among them. */
export interface Look {
  /** Whether a folder contains contacts of our owner. */
  holdsOurs(folder: Folder): Promise<boolean>;
  /** Whether a folder of ours must keep its old name, so that our contacts move out of it. */
  isKept(folder: Folder): Promise<boolean>;
}

/**
 * Finds the home of a book, wherever the user has dragged it. It is the first of these:
 * - our folder, or one that is marked as used, with a mark that has the configured name;
 * - a folder that another sync marked with that name, which is then shared;
 * - our folder with another name in its mark, which is then renamed, unless it `isKept`;
 * - a top-level folder with the configured display name.
 *
 * Graph does not list the default folder, so it is never found by name. A folder that was used with another name is not
 * a home, but one of `others`.
 *
 * Searching subfolders costs a request for each folder. They are searched only if no top-level folder is marked as
 * home, and none has the configured display name and `holdsOurs`.
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
 * Finds every folder with a mark. If the book is now in the default folder, its contacts may still be in one of them.
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

/** Finds a folder with our mark. @param shared - another sync's folder with the name, which ours then cannot get */
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
