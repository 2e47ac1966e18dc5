import { statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { readPlainFile } from "../files/plain-file.ts";
import type { Report } from "./config-file.ts";
import { insideFolder, realPath } from "./inside.ts";

const largest = 64 * 1024;

/**
 * The path of a file with a secret: absolute, since platforms mount secrets where they want, or relative and then
 * inside the config's folder. What is wrong with it where it leads out of the folder, or to what is nobody's secret.
 */
export function secretPath(folder: string, given: string): string | Report {
  if (!isAbsolute(given)) {
    const inside = insideFolder(folder, given);
    return typeof inside === "string" ? inside : secretOutside;
  }
  // There, /proc/self/environ has every variable of the environment.
  return ofSystem.test(realPath(given)) ? secretOfSystem : given;
}

const ofSystem = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** What a file with a secret holds, or why that is not known: as the end of a sentence, or what is wrong with its path. */
export type SecretFile = { readonly text: string } | { readonly why: string } | { readonly refused: Report };

/** What a file with a secret holds, without blanks around it. */
export function readSecretFile(folder: string, given: string): SecretFile {
  const path = secretPath(folder, given);
  if (typeof path !== "string") return { refused: path };
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

// No report names the path: a reference may have put a secret into it.

const secretOfSystem: Report = {
  code: "path-not-secret",
  summary: "A path leads to no secret",
  detail:
    "The path leads into /proc, /sys or /dev, perhaps by a link, where the system shows itself, and with it what other processes and galops itself must not give away. Name a file that holds the secret and nothing else.",
};

const secretOutside: Report = {
  code: "path-outside",
  summary: "A path leads out of the config's folder",
  detail:
    "The path is relative, and leads out of the folder of the config, perhaps by a link. Name the file by its absolute path, or put it beside the config where git does not see it.",
};
