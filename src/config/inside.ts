import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Report } from "./config-file.ts";

/**
 * The absolute path of a file that the config names; what is wrong with it where it lies outside the config's folder,
 * by link or name, or is that folder itself.
 */
export function insideFolder(folder: string, given: string): string | Report {
  if (isAbsolute(given) || given.includes("\0")) return pathOutside;
  const target = resolve(folder, given);
  const [first] = relative(realPath(folder), realPath(target)).split(/[/\\]/);
  if (first === "") return pathOfFolder;
  return first === ".." || isAbsolute(first ?? "") ? pathOutside : target;
}

/** The path with links followed as far as it exists. */
export function realPath(target: string): string {
  try {
    return realpathSync(target);
  } catch {
    const parent = dirname(target);
    return parent === target ? target : join(realPath(parent), basename(target));
  }
}

/** What is said of a path that leaves the config's folder. Not the path: a reference may have put a secret into it. */
const pathOutside: Report = {
  code: "path-outside",
  summary: "A path leads out of the config's folder",
  detail:
    "The path is absolute, or leads out of the folder of the config, perhaps by a link. Anyone who can change the config could read any file that way. Put the file beside the config, and name it by a relative path.",
};

const pathOfFolder: Report = {
  code: "path-is-folder",
  summary: "A path names a folder",
  detail: "The path leads to the folder of the config itself, and a file in it is wanted. Name the file.",
};
