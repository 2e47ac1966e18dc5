import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { TextDecoder } from "node:util";
import { readPlainFile } from "../files/plain-file.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { insideFolder } from "./inside.ts";

/** The files of a config, by name in order, and the folder that all paths in them are relative to. */
export interface ConfigText {
  /** Null where there is no config. */
  readonly folder: string | null;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** When one is an error, `files` is empty: of half a config nothing can be said. */
  readonly diagnostics: readonly Diagnostic[];
}

const largestFile = 1024 * 1024;
const yamlFile = /^[^.].*\.ya?ml$/;
const defaults = ["galops.yaml", "galops.yml", "galops"];

/** Reads a config file, or every YAML file of a config folder (not of folders in it). */
export async function readConfigText(given: string | null, cwd: string): Promise<ConfigText> {
  const [path, ...others] = given === null ? await defaultConfigs(cwd) : [resolve(cwd, given)];
  if (path === undefined) {
    const detail =
      "There is neither a galops.yaml nor a galops/ folder here. Name the config, or change to its folder.";
    return { folder: null, files: [], diagnostics: [notFound(detail)] };
  }
  const paths = await filesAt(path, cwd);
  if (!Array.isArray(paths)) return { folder: null, files: [], diagnostics: [paths] };
  const isFolder = paths[0] !== path;
  const read = await Promise.all(paths.map((file) => readOne(file, shownAs(file, cwd))));
  const problems = read.flatMap((one) => ("text" in one ? [] : [one]));
  const files = problems.length > 0 ? [] : read.flatMap((one) => ("text" in one ? [one] : []));
  const unused = others.map((other) => notRead(shownAs(other, cwd), shownAs(path, cwd)));
  return { folder: isFolder ? path : dirname(path), files, diagnostics: [...problems, ...unused] };
}

/** Those of the usual names that are there; the first one counts, and a folder beside it only if it holds a config. */
async function defaultConfigs(cwd: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of defaults) {
    const candidate = join(cwd, name);
    const status = await stat(candidate).catch(() => null);
    if (status === null) continue;
    if (found.length > 0 && status.isDirectory() && !(await holdsConfig(candidate))) continue;
    found.push(candidate);
  }
  return found;
}

async function holdsConfig(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((name) => yamlFile.test(name));
}

async function filesAt(path: string, cwd: string): Promise<string[] | Diagnostic> {
  const shown = shownAs(path, cwd);
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    if (leadsOut(cwd, path)) return elsewhere(shown);
    const names = (await readdir(path)).filter((name) => yamlFile.test(name)).toSorted();
    if (names.length > 0) return names.map((name) => join(path, name));
    return notFound(`The folder ${shown} has no file whose name ends in .yaml or .yml. Name another one.`);
  } catch (error) {
    return notReadable(shown, error);
  }
}

async function readOne(
  path: string,
  name: string,
): Promise<{ readonly name: string; readonly text: string } | Diagnostic> {
  try {
    if (leadsOut(dirname(path), path)) return elsewhere(name);
    const found = await stat(path);
    if (!found.isFile()) return problem("config-not-readable", unreadable, `${name} is not a regular file.`);
    if (found.size > largestFile) {
      const detail = `${name} has ${found.size} bytes, and a config file may have ${largestFile}. Keep lists of people in CSV files or in groups, or divide the config over the files of a folder.`;
      return problem("config-too-large", "The config is too large", detail);
    }
    const bytes = readPlainFile(path);
    const text = decoded(bytes);
    if (text !== null) return { name, text };
    const detail = `From here on ${name} contains bytes that are not UTF-8. Save it as UTF-8.`;
    return problem("not-utf-8", "The config is not UTF-8", detail, firstUndecodable(bytes, name));
  } catch (error) {
    return notReadable(name, error);
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Where the first character stands that cannot be decoded; a line break is one byte in UTF-8, and no part of another. */
function firstUndecodable(bytes: Uint8Array, file: string): Place {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const text = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (end < 0 || decoded(text) === null) return { file, line, column: columnOfFirstUndecodable(text) };
    line++;
    start = end + 1;
  }
}

function columnOfFirstUndecodable(line: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let column = 1;
  try {
    // What is given byte by byte comes back character by character, until one is none.
    for (const byte of line) column += decoder.decode(Uint8Array.of(byte), { stream: true }).length;
  } catch {
    return column;
  }
  return column;
}

/** As somebody in the folder would type it. */
function shownAs(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return short.startsWith("..") ? path : short;
}

/** Whether what stands in a folder is a link to something outside of it. */
function leadsOut(folder: string, path: string): boolean {
  const short = relative(folder, path);
  const isHere = short !== "" && !short.startsWith("..");
  return isHere && typeof insideFolder(folder, short) !== "string";
}

/** A config is shown where something is wrong with it, and must not show another file to whoever sees that. */
function elsewhere(name: string): Diagnostic {
  const detail = `${name} is a link that leads out of its folder. Anyone who can change the config could read any file that way. Name what it leads to, or copy it here.`;
  return problem("config-not-readable", unreadable, detail);
}

const unreadable = "The config could not be read";

function notFound(detail: string): Diagnostic {
  return problem("config-not-found", "No config was found", detail);
}

function notRead(other: string, used: string): Diagnostic {
  const detail = `${used} is the config, so that ${other} beside it is not read. Name the one that is meant, or take the other away.`;
  return { ...problem("config-ambiguous", "There are two configs here", detail), severity: "warning" };
}

function notReadable(name: string, error: unknown): Diagnostic {
  if (!(error instanceof Error && "code" in error)) throw error;
  if (error.code === "ENOENT") return notFound(`${name} does not exist. Name another one.`);
  return problem("config-not-readable", unreadable, `${name} could not be read: ${error.message}.`);
}

function problem(code: string, summary: string, detail: string, place: Place | null = null): Diagnostic {
  return { severity: "error", code, summary, detail, place };
}
