import type { BookRef } from "../../../model/book.ts";
import type { Folder } from "./list-folders.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { FolderWorld } from "./write-folder.ts";
import { writeFolder } from "./write-folder.ts";

/** Whether contacts of the folder may also be in the default folder. */
export function isMoving({ mark }: Folder): boolean {
  return mark?.state === "moving";
}

/**
 * Marks a folder of ours as moving. Call it before the first contact moves to or from the folder.
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
  if (folder.mark === null || !isFolderOurs(folder) || isMoving(folder)) return folder;
  const mark = { ...folder.mark, state: "moving" } as const;
  await writeFolder(world, book, folder, { mark }, signal);
  return { ...folder, mark };
}

/** @throws as `beginMove` */
export async function endMove(
  world: FolderWorld,
  book: BookRef,
  folder: Folder,
  signal: AbortSignal,
): Promise<void> {
  if (folder.mark === null || !isMoving(folder)) return;
  await writeFolder(world, book, folder, { mark: { ...folder.mark, state: "settled" } }, signal);
}
