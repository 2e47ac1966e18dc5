import type { GraphClient } from "../../../http/graph/graph.ts";
import { GraphError } from "../../../http/graph/graph.ts";
import { BookError } from "../../../model/book.ts";
import type { BookRef } from "../../../model/book.ts";
import type { LiveContact } from "../../../model/contact.ts";
import type { BookJournal } from "../../../model/journal.ts";
import { isCopySince, isOwnedBy, oldestOf } from "../../../model/user-copy.ts";
import { findHome } from "./find-home.ts";
import { findMarkedFolders } from "./find-folders.ts";
import type { Folder } from "./list-folders.ts";
import { ensureFolder } from "./ensure-folder.ts";
import { beginMove, endMove, isMoving } from "./move-note.ts";
import { readOurs } from "../read/read-book.ts";
import type { Where } from "./where.ts";

interface MoveWorld {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
}

/** The place to which the changes of a book are written. */
export interface OpenedPlace {
  readonly owner: string;
  readonly where: Where;
  readonly mayHoldContacts: boolean;
}

/**
 * Finds the folder of a book, and creates it if contacts will be created in it. If contacts will move, our folders are
 * marked as moving first, so that a later run finds what an interrupted run leaves behind.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 * @throws {BookError}
 */
export async function openPlace(
  world: MoveWorld,
  book: BookRef,
  needs: { readonly owner: string; readonly isNeeded: boolean; readonly moved: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<OpenedPlace> {
  const { owner, isNeeded, moved } = needs;
  if (book.folder === null) {
    const ours = moved.size > 0 ? (await findMarkedFolders(world.graph, book, owner, signal)).others : [];
    for (const folder of ours) await beginMove(world, book, folder, signal);
    return { owner, where: { kind: "default" }, mayHoldContacts: true };
  }
  if (isNeeded) {
    const { folder, isNew } = await ensureFolder(world, book, { owner, moved }, signal);
    return { owner, where: { kind: "folder", folder }, mayHoldContacts: !isNew };
  }
  const folder = await findHome(world.graph, book, owner, signal, moved);
  if (folder === null) return { owner, where: { kind: "missing" }, mayHoldContacts: false };
  return { owner, where: { kind: "folder", folder }, mayHoldContacts: true };
}

/**
 * Marks a move as finished if nothing of ours is left in the default folder or in folders of other syncs, except copies
 * that the user made. Call it after all changes. If this fails, the next plan searches these folders again, which does
 * no harm.
 *
 * @throws {JournalError}
 */
export async function settlePlace(
  world: MoveWorld,
  book: BookRef,
  { owner, where }: OpenedPlace,
  signal: AbortSignal,
): Promise<void> {
  if (where.kind !== "folder" || !isMoving(where.folder) || signal.aborted) return;
  const { folder } = where;
  try {
    if (await isLeftToMove(world, book, { owner, folder }, signal)) return;
    await endMove(world, book, folder, signal);
  } catch (error) {
    if (signal.aborted || error instanceof GraphError || error instanceof BookError) return;
    throw error;
  }
}

async function isLeftToMove(
  { graph }: MoveWorld,
  book: BookRef,
  { owner, folder }: { readonly owner: string; readonly folder: Folder },
  signal: AbortSignal,
): Promise<boolean> {
  const { foreign } = await findMarkedFolders(graph, book, owner, signal);
  const left: LiveContact[] = [];
  for (const folderId of [null, ...foreign.map(({ id }) => id)].filter((id) => id !== folder.id)) {
    const all = await readOurs(graph, book, { folderId, owner, fields: [] }, signal);
    left.push(...all.filter((contact) => isOwnedBy(contact, owner)));
  }
  if (left.length === 0) return false;
  const moved = await readOurs(graph, book, { folderId: folder.id, owner, fields: [] }, signal);
  const first = oldestOf(moved);
  const byKey = new Map(moved.map((contact) => [contact.marker?.key, contact]));
  return left.some((contact) => !isCopySince(contact, byKey.get(contact.marker?.key) ?? first));
}
