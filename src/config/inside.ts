import { realpathSync } from "node:fs";
import path from "node:path";

/** The absolute path of a file that the config names; null when it lies outside the config's folder, by link or name. */
export function insideFolder(folder: string, given: string): string | null {
  if (path.isAbsolute(given)) return null;
  const target = path.resolve(folder, given);
  const root = real(folder);
  const relative = path.relative(root, real(target));
  return relative === "" || relative.startsWith("..") || path.isAbsolute(relative) ? null : target;
}

/** The path with links followed as far as it exists. */
function real(target: string): string {
  try {
    return realpathSync(target);
  } catch {
    const parent = path.dirname(target);
    return parent === target ? target : path.join(real(parent), path.basename(target));
  }
}
