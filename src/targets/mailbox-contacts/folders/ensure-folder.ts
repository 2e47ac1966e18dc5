import { GraphError } from "../../../http/graph/graph.ts";
import { BookError } from "../../../model/book.ts";
import type { BookRef } from "../../../model/book.ts";
import { findHome } from "./find-home.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";
import type { FolderMark } from "./folder-mark.ts";
import { markProperties } from "./folder-mark.ts";
import { laneOf, mailboxPath } from "../graph-contact.ts";
import { beginMove } from "./move-note.ts";
import { notDone } from "../outcomes.ts";
import type { FolderWorld } from "./write-folder.ts";
import { writeFolder } from "./write-folder.ts";

interface HomeNeeds {
  readonly owner: string;
  /** Ids of contacts that move to the folder. */
  readonly moved: ReadonlySet<string>;
}

/**
 * Returns the folder of a book. Creates it if it is missing, and marks it as used if the user created it.
 *
 * @throws {GraphError}
 * @throws {JournalError}
 * @throws {BookError} when Exchange reports a folder of that name but does not list it
 */
export async function ensureFolder(
  world: FolderWorld,
  book: BookRef,
  { owner, moved }: HomeNeeds,
  signal: AbortSignal,
): Promise<{ readonly folder: Folder; readonly isNew: boolean }> {
  const isMovedTo = moved.size > 0;
  const found = await findHome(world.graph, book, owner, signal, moved);
  const made =
    found === null
      ? await makeFolder(world, book, { owner, moved }, signal)
      : { folder: found, isNew: false };
  const folder = await markUsed(world, book, owner, made.folder, signal);
  return { ...made, folder: isMovedTo ? await beginMove(world, book, folder, signal) : folder };
}

/**
 * Marks a folder that the user created, so that its contacts are found after the user renames it or the config names
 * another one. A folder can have only one mark, so a folder that another sync marked stays as it is.
 */
async function markUsed(
  world: FolderWorld,
  book: BookRef,
  owner: string,
  folder: Folder,
  signal: AbortSignal,
): Promise<Folder> {
  const name = book.folder ?? "";
  if (isFolderOurs(folder) || folder.othersMark !== null || folder.mark?.name === name) return folder;
  const mark: FolderMark = { owner, name, state: "used" };
  await writeFolder(world, book, folder, { mark }, signal);
  return { ...folder, mark };
}

async function makeFolder(
  { graph, journal }: FolderWorld,
  book: BookRef,
  { owner, moved }: HomeNeeds,
  signal: AbortSignal,
): Promise<{ readonly folder: Folder; readonly isNew: boolean }> {
  const name = book.folder ?? "";
  const mark: FolderMark = { owner, name, state: moved.size > 0 ? "moving" : "settled" };
  const [step = -1] = await journal.begin([{ action: "folder", before: null, after: name }]);
  try {
    const { body, requestId } = await graph.send<{ id: string }>(
      {
        method: "POST",
        url: `${mailboxPath(book)}/contactFolders`,
        lane: laneOf(book),
        body: { displayName: name, singleValueExtendedProperties: markProperties(mark) },
      },
      signal,
    );
    journal.end([{ step, status: "done", after: null, requestId, code: "" }]);
    const folder = { id: body.id, displayName: name, mark, othersMark: null, isNameTaken: false };
    return { folder, isNew: true };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    journal.end([notDone(step, error)]);
    if (error.code !== "ErrorFolderExists" && error.outcome === "refused") throw error;
    // Another run may have created it in the meantime, or it was created and only the answer was lost.
    const found = await findHome(graph, book, owner, signal, moved);
    if (found !== null) return { folder: found, isNew: false };
    throw error.code === "ErrorFolderExists" ? hiddenFolder(book, error) : error;
  }
}

function hiddenFolder(book: BookRef, cause: GraphError): BookError {
  const message =
    `${book.mailbox ?? book.id}: Exchange reports that the folder "${book.folder ?? ""}" already exists but does not ` +
    `list it. It may be hidden, deleted, or the default Contacts folder. Choose another name for \`folder\`, or omit ` +
    `it to use the default folder.`;
  return new BookError({ severity: "error", code: "folder-hidden", message }, cause);
}
