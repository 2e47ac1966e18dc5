import { constants } from "node:fs";
import { lstat, mkdir, open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import path from "node:path";

/** Where journals are stored, in one folder per run. */
export interface JournalPlace {
  readonly folder: string;
  /** The topmost folder that galops creates itself (`.galops`); null when the user chose the folder. */
  readonly own: string | null;
}

/** Thrown when another run of the same second has the same four random digits. */
export class RunNameTaken extends Error {
  override readonly name = "RunNameTaken";
}

export const journalName = "journal.ndjson";

/** `.galops/runs` next to the config, or the folder of `--journal`. */
export function journalPlace(configFolder: string, given: string | null): JournalPlace {
  if (given !== null) return { folder: given, own: null };
  const own = path.join(configFolder, ".galops");
  return { folder: path.join(own, "runs"), own };
}

/**
 * Creates the file for the journal of a run, readable only by its owner and without following links.
 *
 * @throws {RunNameTaken}
 * @throws the file system's error
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
 * Creates the `.galops` folder next to a config, with a .gitignore, because journals contain personal data.
 *
 * @throws the file system's error
 */
export async function makeOwnFolder(own: string): Promise<void> {
  if (!(await makeFolder(own))) return;
  const ignore = await open(path.join(own, ".gitignore"), "wx", 0o600);
  await ignore.writeFile("*\n");
  await ignore.close();
}

/** Does not use `recursive`, which never returns when a folder cannot be created although its parent exists. */
async function makeFolders(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => null))?.isDirectory() === true) return;
  const above = path.dirname(folder);
  if (above !== folder) await makeFolders(above);
  await makeFolder(folder);
}

/** @returns whether the folder is new */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  if ((await lstat(folder)).isDirectory()) return false;
  throw Object.assign(new Error(`${folder} is a link or a file, and must be a folder.`), {
    code: "ENOTDIR",
    path: folder,
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

/** Makes a new file survive a power failure. Not every system can sync folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
