import { encode } from "../../directory/odata.ts";
import { GraphError } from "../../http/graph/graph.ts";
import type { GraphClient } from "../../http/graph/graph.ts";
import { BookError } from "../../model/book.ts";
import type { BookRef } from "../../model/book.ts";
import type { Marker } from "../../model/contact.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { BookRename, Outcome } from "../../model/plan.ts";
import { findHome } from "./find-home.ts";
import type { Folder } from "./find-folders.ts";
import { laneOf, mailboxPath } from "./graph-contact.ts";
import { writeMarker } from "./markers.ts";
import { notDone, refusedBy } from "./outcomes.ts";
import { mailboxProblem } from "./problems.ts";

interface FolderWorld {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
}

/**
 * Stands in a folder's marker while contacts are moved to it or from it, which a run may not live to finish: as long as it
 * does, contacts of the folder may also be in the default folder, and are looked for there.
 */
const moving = "moving";
const settled = "settled";

/** Whether contacts of the folder may also be in the default folder. */
export function isMoving({ marker }: Folder): boolean {
  return marker?.digest === moving;
}

/**
 * The folder of a book, made when it is missing.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 * @throws {BookError} when Exchange says that there is one of that name and shows none
 */
export async function ensureFolder(
  world: FolderWorld,
  book: BookRef,
  owner: string,
  isMovedTo: boolean,
  signal: AbortSignal,
): Promise<{ readonly folder: Folder; readonly isNew: boolean }> {
  const found = await findHome(world.graph, book, owner, signal);
  const { folder, isNew } =
    found === null
      ? await makeFolder(world, book, { owner, isMovedTo }, signal)
      : { folder: found, isNew: false };
  return { folder: isMovedTo ? await beginMove(world, book, folder, signal) : folder, isNew };
}

async function makeFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  { owner, isMovedTo }: { readonly owner: string; readonly isMovedTo: boolean },
  signal: AbortSignal,
): Promise<{ readonly folder: Folder; readonly isNew: boolean }> {
  const name = book.folder ?? "";
  const digest = isMovedTo ? moving : settled;
  const [step = -1] = await journal.begin([{ action: "folder", before: null, after: name }]);
  try {
    const { body, requestId } = await graph.send<{ id: string }>(
      {
        method: "POST",
        url: `${mailboxPath(book)}/contactFolders`,
        lane: laneOf(book),
        body: { displayName: name, singleValueExtendedProperties: writeMarker({ owner, key: name, digest }) },
      },
      signal,
    );
    journal.end([{ step, status: "done", after: null, requestId, code: "" }]);
    const marker: Marker = { owner, key: name, digest, photo: "", hiddenSince: "" };
    return { folder: { id: body.id, displayName: name, marker, isNameTaken: false }, isNew: true };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    journal.end([notDone(step, error)]);
    if (error.code !== "ErrorFolderExists" && error.outcome === "refused") throw error;
    // Another run may have made it meanwhile, or it was made and only the answer was lost.
    const found = await findHome(graph, book, owner, signal);
    if (found !== null) return { folder: found, isNew: false };
    throw error.code === "ErrorFolderExists" ? hiddenFolder(book, error) : error;
  }
}

/**
 * Notes in a folder of ours that contacts are being moved to it or from it, before the first one is.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 */
export async function beginMove(
  world: FolderWorld,
  book: BookRef,
  folder: Folder,
  signal: AbortSignal,
): Promise<Folder> {
  if (folder.marker === null || isMoving(folder)) return folder;
  const marker = { ...folder.marker, digest: moving };
  await writeFolder(world, book, folder, { marker }, signal);
  return { ...folder, marker };
}

/** @throws as `beginMove` */
export async function endMove(
  world: FolderWorld,
  book: BookRef,
  folder: Folder,
  signal: AbortSignal,
): Promise<void> {
  if (folder.marker === null) return;
  const marker = { ...folder.marker, digest: settled };
  await writeFolder(world, book, folder, { marker }, signal);
}

/** Gives our folder the name of the config, unless it is called otherwise than planned. @throws {JournalError} */
export async function renameFolder(
  world: FolderWorld,
  book: BookRef,
  { owner, rename }: { readonly owner: string; readonly rename: BookRename },
  signal: AbortSignal,
): Promise<Omit<Outcome, "change">> {
  const name = book.folder ?? "";
  try {
    const folder = await findHome(world.graph, book, owner, signal);
    const marker = folder?.marker ?? null;
    if (folder === null || marker === null || nameShown(folder, book) !== rename.from) {
      return folder?.displayName === name && marker?.key === name
        ? { status: "already-done", problem: null }
        : { status: "stale", problem: otherName };
    }
    await writeFolder(world, book, folder, { name, marker: { ...marker, key: name } }, signal);
    return { status: "done", problem: null };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const problem = refusedBy(error);
    const isTaken = error.code === "ErrorFolderExists";
    if (isTaken) return { status: "failed", problem: { ...problem, message: nameTaken(name) } };
    return { status: "failed", problem, isOfBook: mailboxProblem(error) !== null };
  }
}

/** What a folder that is to be renamed is called now: as its user sees it, or as we know it where that is right already. */
export function nameShown({ displayName, marker }: Folder, { folder: name }: BookRef): string {
  return displayName === name ? (marker?.key ?? displayName) : displayName;
}

export function nameTaken(name: string): string {
  return `The mailbox has another folder of the name "${name}", so the folder keeps the one that it has. Rename or remove the other one, or choose another name.`;
}

const otherName = {
  code: "folder-changed",
  message: "The folder was renamed or deleted since the plan was made, and is left as it is. Plan again.",
  requestId: "",
};

/** Without a name its user may give it another one meanwhile. */
async function writeFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  { id, displayName }: Folder,
  { name, marker: { owner, key, digest } }: { readonly name?: string; readonly marker: Marker },
  signal: AbortSignal,
): Promise<void> {
  const url = `${mailboxPath(book)}/contactFolders/${encode(id)}`;
  const properties = writeMarker({ owner, key, ...(digest === "" ? {} : { digest }) });
  const body = {
    ...(name === undefined ? {} : { displayName: name }),
    singleValueExtendedProperties: properties,
  };
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

function hiddenFolder(book: BookRef, cause: GraphError): BookError {
  const message =
    `${book.mailbox ?? book.id}: Exchange says that there is a folder "${book.folder ?? ""}" already, but does not ` +
    `show it; it may be hidden, deleted, or the default Contacts folder. Choose another name for \`folder\`, or ` +
    `leave it out for the default folder.`;
  return new BookError({ severity: "error", code: "folder-hidden", message }, cause);
}
