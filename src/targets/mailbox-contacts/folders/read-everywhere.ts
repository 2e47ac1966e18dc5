import type { GraphReader } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import { fieldsOf } from "../../../model/contact-fields.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { LiveContact } from "../../../model/contact.ts";
import type { BookReading, FormerPlace } from "../../../model/target.ts";
import { isOwnedBy } from "../../../model/user-copy.ts";
import { findFolders, findMarkedFolders } from "./find-folders.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";
import { isAnothers } from "./sharing.ts";
import { isMoving } from "./move-note.ts";
import { nameShown, nameTaken } from "./rename-folder.ts";
import { readBook, readOurs } from "../read/read-book.ts";

interface Reading {
  readonly graph: GraphReader;
  readonly book: BookRef;
  readonly owner: string;
  readonly fields: readonly ContactField[];
  /** Whether the sync may delete contacts, so that moves can finish. */
  readonly movesAway: boolean;
  readonly signal: AbortSignal;
}

/**
 * Reads a book, and contacts of it that are still in places where the config had it before.
 *
 * If the folder certainly contains all contacts of the book, no other folder is read. Other places are read only if the
 * folder is missing, is not ours, contains nothing of ours, or is marked as moving.
 *
 * @throws {GraphError}
 * @throws {BookError}
 */
export async function readEverywhere(reading: Reading): Promise<BookReading> {
  return reading.book.folder === null ? await readDefault(reading) : await readInFolder(reading);
}

/** The config names no folder now, so contacts in any folder with our mark are from before. */
async function readDefault(reading: Reading): Promise<BookReading> {
  const { graph, book, owner, signal } = reading;
  const [live, { others, foreign }] = await Promise.all([
    contactsIn(reading, null),
    findMarkedFolders(graph, book, owner, signal),
  ]);
  const ours = await formerPlaces(reading, others.filter(isFolderOurs), true);
  const used = others.filter((folder) => !isFolderOurs(folder));
  const elsewhere = [...ours, ...(await formerPlaces(reading, [...used, ...foreign], false))];
  return { live, isWhole: false, isOurs: false, ...placesPart(elsewhere) };
}

async function readInFolder(reading: Reading): Promise<BookReading> {
  const { graph, book, owner, signal } = reading;
  const known = new Map<string, readonly LiveContact[]>();
  const read = async ({ id }: Folder): Promise<readonly LiveContact[]> => {
    const live = known.get(id) ?? (await contactsIn(reading, id));
    known.set(id, live);
    return live;
  };
  const { home, others, foreign } = await findFolders(graph, book, owner, signal, {
    holdsOurs: async (folder) => isAnyOurs(await read(folder), owner),
    isKept: async (folder) => (await read(folder)).some((contact) => isAnothers(contact, owner)),
  });
  const live = home === null ? [] : await read(home);
  // A second folder with our mark is a copy that the user made. It belongs to the user, as does one used before.
  const elsewhere = await formerPlaces(reading, others, false);
  // The default folder is the user's as well. A folder that another sync marked may have been shared with it.
  if (mayBeElsewhere(reading, home, live))
    elsewhere.push(...(await formerPlaces(reading, [...foreign, null], false)));
  return {
    live,
    isWhole: true,
    isOurs: home !== null && isFolderOurs(home),
    ...placesPart(elsewhere),
    ...renamePart(home, book),
  };
}

function mayBeElsewhere(
  { owner, movesAway }: Reading,
  home: Folder | null,
  live: readonly LiveContact[],
): boolean {
  if (home === null || !isFolderOurs(home) || isMoving(home)) return true;
  return !movesAway || !isAnyOurs(live, owner);
}

function isAnyOurs(live: readonly LiveContact[], owner: string): boolean {
  return live.some((contact) => isOwnedBy(contact, owner));
}

async function contactsIn(
  { graph, book, owner, fields, signal }: Reading,
  folderId: string | null,
): Promise<readonly LiveContact[]> {
  const pages: (readonly LiveContact[])[] = [];
  for await (const page of readBook(graph, book, { folderId, owner, fields }, signal)) pages.push(page);
  return pages.flat();
}

/** Reads the folders that contain anything of ours. Null stands for the default folder. */
async function formerPlaces(
  { graph, book, owner, signal }: Reading,
  folders: readonly (Folder | null)[],
  areOurs: boolean,
): Promise<FormerPlace[]> {
  const places: FormerPlace[] = [];
  for (const folder of folders) {
    const query = { folderId: folder?.id ?? null, owner, fields: fieldsOf("mailbox-contacts") };
    const live = await readOurs(graph, book, query, signal);
    if (live.length > 0) places.push({ isOurs: areOurs, live });
  }
  return places;
}

function placesPart(elsewhere: readonly FormerPlace[]): Pick<BookReading, "elsewhere"> {
  return elsewhere.length === 0 ? {} : { elsewhere };
}

/** Compares the configured name with the one in the mark, so that a rename by the user is not a difference. */
function renamePart(home: Folder | null, book: BookRef): Pick<BookReading, "rename"> {
  if (home === null || !isFolderOurs(home) || home.mark?.name === book.folder) return {};
  const withheld = home.isNameTaken ? nameTaken(book.folder ?? "") : null;
  return { rename: { from: nameShown(home, book), withheld } };
}
