import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { readPlainFile } from "../files/plain-file.ts";
import type { Report } from "./config-file.ts";
import { insideFolder } from "./inside.ts";

const largest = 64 * 1024;

/**
 * The path of a file with a secret: absolute, since platforms mount secrets where they want, or relative and then
 * inside the config's folder. Null for one that leads out of it.
 */
export function secretPath(folder: string, given: string): string | null {
  if (isAbsolute(given)) return given;
  const inside = insideFolder(folder, given);
  return typeof inside === "string" ? inside : null;
}

/** What a file with a secret holds, or why that is not known, as the end of a sentence. */
export type SecretFile = { readonly text: string } | { readonly why: string } | { readonly outside: true };

/** What a file with a secret holds, without blanks around it. */
export function readSecretFile(folder: string, given: string): SecretFile {
  const path = secretPath(folder, given);
  if (path === null) return { outside: true };
  try {
    const found = statSync(path);
    // A device or a pipe may never end.
    if (!found.isFile()) return { why: "it is no plain file" };
    if (found.size > largest) return { why: `it has more than ${largest} bytes` };
    const text = readPlainFile(path).toString("utf8").trim();
    return text === "" ? { why: "it is empty" } : { text };
  } catch {
    return { why: "it cannot be read" };
  }
}

/** What is said of a relative path that leaves the config's folder. Not the path: a reference may have put a secret into it. */
export const secretOutside: Report = {
  code: "path-outside",
  summary: "A path leads out of the config's folder",
  detail:
    "The path is relative, and leads out of the folder of the config, perhaps by a link. Name the file by its absolute path, or put it beside the config where git does not see it.",
};
