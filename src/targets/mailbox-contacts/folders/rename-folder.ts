import { GraphError } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import type { BookRename, Outcome } from "../../../model/plan.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";
import { findHome } from "./find-home.ts";
import { refusedBy } from "../outcomes.ts";
import type { FolderWorld } from "./write-folder.ts";
import { writeFolder } from "./write-folder.ts";

/** Renames our folder to its name in the config, unless its name is no longer as planned. @throws {JournalError} */
export async function renameFolder(
  world: FolderWorld,
  book: BookRef,
  { owner, rename }: { readonly owner: string; readonly rename: BookRename },
  signal: AbortSignal,
): Promise<Omit<Outcome, "change">> {
  const name = book.folder ?? "";
  try {
    const folder = await findHome(world.graph, book, owner, signal);
    const mark = folder?.mark ?? null;
    if (
      folder === null ||
      mark === null ||
      !isFolderOurs(folder) ||
      nameShown(folder, book) !== rename.from
    ) {
      return folder?.displayName === name && mark?.name === name
        ? { status: "already-done", problem: null }
        : { status: "stale", problem: otherName };
    }
    await writeFolder(world, book, folder, { name, mark: { ...mark, name } }, signal);
    return { status: "done", problem: null };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const problem = refusedBy(error);
    const isTaken = error.code === "ErrorFolderExists";
    return { status: "failed", problem: isTaken ? { ...problem, message: nameTaken(name) } : problem };
  }
}

/** The current name of a folder to rename: its display name, or the name in its mark if that one is already right. */
export function nameShown({ displayName, mark }: Folder, { folder: name }: BookRef): string {
  return displayName === name ? (mark?.name ?? displayName) : displayName;
}

export function nameTaken(name: string): string {
  return (
    `The mailbox has another folder named "${name}", so this folder keeps its name. ` +
    "Rename or delete the other folder, or choose another name."
  );
}

const otherName = {
  code: "folder-changed",
  message: "The folder was renamed or deleted since the plan was made, so it was not renamed. Plan again.",
  requestId: "",
};
