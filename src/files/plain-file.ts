import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** A pipe or a device, of which nobody knows when it ends, or a folder. Coded as the system's own errors are. */
class NotPlainError extends Error {
  override readonly name = "NotPlainError";
  readonly code: "EISDIR" | "ENOTFILE";

  constructor(isFolder: boolean) {
    super(isFolder ? "it is a folder" : "it is no plain file");
    this.code = isFolder ? "EISDIR" : "ENOTFILE";
  }
}

/** Without it, opening a pipe waits for whoever writes into it, and no signal ends that. */
const reading = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Opens a file to be read, and nothing else that may stand at its path.
 *
 * @param flags - besides those for reading, e.g. O_NOFOLLOW
 * @throws {NotPlainError}
 * @throws the error of the file system
 */
export async function openPlainFile(path: string, flags = 0): Promise<FileHandle> {
  const file = await open(path, reading | flags);
  const found = await file.stat();
  if (found.isFile()) return file;
  await file.close();
  throw new NotPlainError(found.isDirectory());
}

/** The same, read to its end. */
export function readPlainFile(path: string): Buffer {
  const file = openSync(path, reading);
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new NotPlainError(found.isDirectory());
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
