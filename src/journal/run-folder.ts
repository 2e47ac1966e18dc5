import { constants } from "node:fs";
import { lstat, mkdir, open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";

/** Where the journals of runs are: a folder for each run. */
export interface JournalPlace {
  readonly folder: string;
  /** Null: the folder is the user's choice. Else what galops makes itself, from here on down (`.galops` and below). */
  readonly own: string | null;
}

/** Another run of the same second has drawn the same four digits. */
export class RunNameTaken extends Error {
  override readonly name = "RunNameTaken";
}

export const journalName = "journal.ndjson";

/** `.galops/runs` beside the config, or what `--journal` names. */
export function journalPlace(configFolder: string, given: string | null): JournalPlace {
  if (given !== null) return { folder: given, own: null };
  const own = path.join(configFolder, ".galops");
  return { folder: path.join(own, "runs"), own };
}

/**
 * A new file for the journal of a run: its owner's only, and nobody else's link is followed to it.
 *
 * @throws {RunNameTaken}
 * @throws the error of the file system
 */
export async function createJournalFile(
  { folder, own }: JournalPlace,
  run: string,
): Promise<{ readonly file: FileHandle; readonly path: string }> {
  if (own === null) await makeFolders(folder);
  else {
    await makeOwnFolder(own);
    await makeFolder(folder);
  }
  const runFolder = path.join(folder, run);
  await mkdir(runFolder, { mode: 0o700 }).catch((error: unknown) => {
    throw isTaken(error) ? new RunNameTaken(run) : error;
  });
  const file = path.join(runFolder, journalName);
  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const handle = await open(file, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  for (const made of [runFolder, folder]) await syncFolder(made);
  return { file: handle, path: file };
}

/**
 * The folder of galops beside a config. Journals hold what people's contacts hold: it keeps itself out of Git.
 *
 * @throws the error of the file system
 */
export async function makeOwnFolder(own: string): Promise<void> {
  if (!(await makeFolder(own))) return;
  const ignore = await open(path.join(own, ".gitignore"), "wx", 0o600);
  await ignore.writeFile("*\n");
  await ignore.close();
}

/** Not by `recursive`, which never ends where a folder cannot be made although the one above it is there. */
async function makeFolders(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => null))?.isDirectory() === true) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolders(above);
  await makeFolder(folder);
}

/** @returns whether it was not there before */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  if ((await lstat(folder)).isDirectory()) return false;
  throw Object.assign(new Error(`${folder} is a link or a file, and should be a folder.`), {
    code: "ENOTDIR",
    path: folder,
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** So that a file that was just made is still there after the power failed. Not every system lets folders be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
