import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { TextDecoder } from "node:util";
import type { Diagnostic } from "../model/diagnostic.ts";

/** The files of a config, by name in order, and the folder that all paths in them are relative to. */
export interface ConfigText {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

const largestFile = 1024 * 1024;
const defaults = ["galops.yaml", "galops.yml", "galops"];

/** Reads a config file, or every YAML file of a config folder (not of folders in it). */
export async function readConfigText(given: string | null, cwd: string): Promise<ConfigText> {
  const found = given === null ? await firstThatExists(cwd) : path.resolve(cwd, given);
  if (found === null) {
    return failed(
      cwd,
      problem(
        "config-not-found",
        "No config was found",
        "There is neither galops.yaml nor a folder galops/ here. Name the config, or make one.",
      ),
    );
  }
  const shown = path.relative(cwd, found) || ".";
  try {
    if (!(await stat(found)).isDirectory()) return await readAll(path.dirname(found), [found], cwd);
    const names = (await readdir(found))
      .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith("."))
      .toSorted();
    if (names.length > 0)
      return await readAll(
        found,
        names.map((name) => path.join(found, name)),
        cwd,
      );
    return failed(
      found,
      problem(
        "config-not-found",
        "No config was found",
        `The folder ${shown} has no file that ends in .yaml.`,
      ),
    );
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const why = error.code === "ENOENT" ? "it does not exist" : error.message;
    return failed(
      cwd,
      problem("config-not-readable", "The config could not be read", `${shown} could not be read: ${why}.`),
    );
  }
}

async function firstThatExists(cwd: string): Promise<string | null> {
  for (const name of defaults) {
    const candidate = path.join(cwd, name);
    if (
      await stat(candidate).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  return null;
}

async function readAll(folder: string, paths: readonly string[], cwd: string): Promise<ConfigText> {
  const files: { name: string; text: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of paths) {
    const relative = path.relative(cwd, file);
    const name = relative.startsWith("..") ? file : relative;
    const { size } = await stat(file);
    if (size > largestFile) {
      diagnostics.push(
        problem(
          "config-too-large",
          "The config is too large",
          `${name} has ${size} bytes; a config file may have ${largestFile}. Keep lists of people in CSV files or groups.`,
        ),
      );
      continue;
    }
    const bytes = await readFile(file);
    try {
      files.push({ name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) });
    } catch {
      diagnostics.push(
        problem(
          "not-utf-8",
          "The config is not UTF-8",
          `${name} holds bytes that are no UTF-8 text. Save it as UTF-8.`,
        ),
      );
    }
  }
  return { folder, files, diagnostics };
}

function failed(folder: string, diagnostic: Diagnostic): ConfigText {
  return { folder, files: [], diagnostics: [diagnostic] };
}

function problem(code: string, summary: string, detail: string): Diagnostic {
  return { severity: "error", code, summary, detail, place: null };
}
