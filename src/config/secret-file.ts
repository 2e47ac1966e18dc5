import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { insideFolder } from "./inside.ts";

const largest = 64 * 1024;

/**
 * The path of a file with a secret: absolute, since platforms mount secrets where they want, or relative and then
 * inside the config's folder. Null for one that leads out of it.
 */
export function secretPath(folder: string, given: string): string | null {
  return isAbsolute(given) ? given : insideFolder(folder, given);
}

/** What a file with a secret holds, without blanks around it; else why that is not known, as the end of a sentence. */
export function readSecretFile(
  folder: string,
  given: string,
): { readonly text: string } | { readonly why: string } {
  const path = secretPath(folder, given);
  if (path === null) return { why: "its path is relative and leads out of the folder of the config" };
  try {
    const found = statSync(path);
    // A device or a pipe may never end.
    if (!found.isFile()) return { why: "it is no plain file" };
    if (found.size > largest) return { why: `it has more than ${largest} bytes` };
    const text = readFileSync(path, "utf8").trim();
    return text === "" ? { why: "it is empty" } : { text };
  } catch {
    return { why: "it cannot be read" };
  }
}
