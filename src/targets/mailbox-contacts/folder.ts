import { sameText } from "../../directory/odata.ts";
import { GraphError } from "../../http/graph/graph.ts";
import type { GraphClient, GraphReader } from "../../http/graph/graph.ts";
import { BookError } from "../../model/book.ts";
import type { BookRef } from "../../model/book.ts";
import type { Marker } from "../../model/contact.ts";
import type { BookJournal } from "../../model/journal.ts";
import type { ExtendedProperty } from "./graph-contact.ts";
import { laneOf, mailboxPath } from "./graph-contact.ts";
import { expandMarkers, readMarker, writeMarker } from "./markers.ts";
import { notDone } from "./outcomes.ts";

/**
 * The folder of a book. One that we made carries our marker, with the configured name as its key: it is known again
 * when its user renames it, and a new name in the config renames it. A folder of that name that somebody else made is
 * used, but not marked, since it is not ours to remove.
 */
interface Folder {
  readonly id: string;
  readonly displayName: string;
  /** Null where it is not ours. */
  readonly marker: Marker | null;
}

interface FolderWorld {
  readonly graph: GraphClient;
  readonly journal: BookJournal;
}

interface GraphFolder {
  readonly id: string;
  readonly displayName?: string | null;
  readonly singleValueExtendedProperties?: readonly ExtendedProperty[] | null;
}

/**
 * The folder with our marker, or else the one with the configured name; null when there is neither.
 * Graph does not list the default folder, which therefore is never found by its name.
 *
 * @throws {GraphError}
 */
export async function findFolder(
  graph: GraphReader,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<Folder | null> {
  const url = `${mailboxPath(book)}/contactFolders?$select=id,displayName&${expandMarkers}&$top=100`;
  const folders: Folder[] = [];
  for await (const page of graph.pages<GraphFolder>({ url, lane: laneOf(book) }, signal)) {
    for (const folder of page) folders.push(folderOf(folder, owner));
  }
  // By id, so that two that fit (one was copied) do not take turns.
  const inOrder = folders.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const ours = inOrder.filter(({ marker }) => marker !== null);
  return (
    ours.find(({ marker }) => marker?.key === book.folder) ??
    ours[0] ??
    inOrder.find(({ displayName }) => displayName === book.folder) ??
    inOrder.find(({ displayName }) => sameText(displayName, book.folder ?? "")) ??
    null
  );
}

function folderOf(folder: GraphFolder, owner: string): Folder {
  const marker = readMarker(folder.singleValueExtendedProperties);
  const ours = marker !== null && marker.owner === owner;
  return { id: folder.id, displayName: folder.displayName ?? "", marker: ours ? marker : null };
}

/**
 * The folder, made when it is missing, and named anew when the config names it anew.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 * @throws {BookError} when Exchange says that there is one of that name and shows none
 */
export async function ensureFolder(
  world: FolderWorld,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const found = await findFolder(world.graph, book, owner, signal);
  if (found === null) return makeFolder(world, book, owner, signal);
  if (found.marker !== null && found.marker.key !== book.folder)
    await renameFolder(world, book, found, signal);
  return { id: found.id, isNew: false };
}

async function makeFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  owner: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const name = book.folder ?? "";
  const [step = -1] = await journal.begin([{ action: "folder", before: null, after: name }]);
  try {
    const { body, requestId } = await graph.send<{ id: string }>(
      {
        method: "POST",
        url: `${mailboxPath(book)}/contactFolders`,
        lane: laneOf(book),
        body: { displayName: name, singleValueExtendedProperties: writeMarker({ owner, key: name }) },
      },
      signal,
    );
    journal.end([{ step, status: "done", after: null, requestId, code: "" }]);
    return { id: body.id, isNew: true };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    journal.end([notDone(step, error)]);
    if (error.code !== "ErrorFolderExists" && error.outcome === "refused") throw error;
    // Another run may have made it meanwhile, or it was made and only the answer was lost.
    const found = await findFolder(graph, book, owner, signal);
    if (found !== null) return { id: found.id, isNew: false };
    throw error.code === "ErrorFolderExists" ? hiddenFolder(book, error) : error;
  }
}

/** A name that is taken is no reason to leave contacts undone: the folder keeps its old one, until the next try. */
async function renameFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  { id, displayName, marker }: Folder,
  signal: AbortSignal,
): Promise<void> {
  const name = book.folder ?? "";
  const url = `${mailboxPath(book)}/contactFolders/${encodeURIComponent(id)}`;
  const properties = writeMarker({ owner: marker?.owner ?? "", key: name });
  const body = { displayName: name, singleValueExtendedProperties: properties };
  const [step = -1] = await journal.begin([{ action: "folder", before: displayName, after: name }]);
  try {
    const { requestId } = await graph.send({ method: "PATCH", url, lane: laneOf(book), body }, signal);
    journal.end([{ step, status: "done", after: null, requestId, code: "" }]);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    journal.end([notDone(step, error)]);
    if (error.code !== "ErrorFolderExists") throw error;
  }
}

function hiddenFolder(book: BookRef, cause: GraphError): BookError {
  const message =
    `${book.mailbox ?? book.id}: Exchange says that there is a folder "${book.folder ?? ""}" already, but does not ` +
    `show it; it may be hidden, deleted, or the default Contacts folder. Choose another name for \`folder\`, or ` +
    `leave it out for the default folder.`;
  return new BookError({ severity: "error", code: "folder-hidden", message }, cause);
}
