import { statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { readPlainFile } from "../files/plain-file.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { excerptOf, parseFile } from "./config-file.ts";
import type { ConfigFile } from "./config-file.ts";
import { markedLine } from "./excerpt.ts";
import { lineAt, lineStartsOf } from "./lines.ts";

/** Of a larger file no line is shown, so that nobody waits for it. */
const largestFile = 16 * 1024 * 1024;

/**
 * What is known only as a place in a file (of the config, or one that it names), each with the line there; without it
 * where the file cannot be read any more. Files of sandbox tenants are named from the folder of `cwd`.
 */
export function withExcerpts(diagnostics: readonly Diagnostic[], cwd: string): readonly Diagnostic[] {
  // A file of people may have many problems, and be one of many sources.
  const read = new Map<string, Lines | null>();
  return diagnostics.map((given) => {
    const diagnostic = withShortPaths(given, cwd);
    if (diagnostic.place === null || diagnostic.excerpt !== undefined) return diagnostic;
    const excerpt = excerptAtPlace(diagnostic.place, (file) => {
      const known = read.get(file);
      if (known !== undefined) return known;
      const found = readForExcerpt(file, cwd);
      read.set(file, found);
      return found;
    });
    return excerpt === null ? diagnostic : { ...diagnostic, excerpt };
  });
}

/** The file of a sandbox tenant as somebody in the folder would type it. */
function withShortPaths(diagnostic: Diagnostic, cwd: string): Diagnostic {
  const { code, detail, place } = diagnostic;
  if (!code.startsWith("sandbox-")) return diagnostic;
  const folder = cwd.endsWith(sep) ? cwd : cwd + sep;
  const short = (text: string): string => text.replaceAll(folder, "");
  return {
    ...diagnostic,
    detail: short(detail),
    place: place === null ? null : { ...place, file: short(place.file) },
  };
}

type Lines = Pick<ConfigFile, "text" | "lines"> & Partial<Pick<ConfigFile, "document">>;

function readForExcerpt(file: string, cwd: string): Lines | null {
  const text = textOf(resolve(cwd, file));
  if (text === null) return null;
  return /\.ya?ml$/i.test(file) ? parseFile(file, text) : { text, lines: lineStartsOf(text) };
}

function excerptAtPlace({ file, line, column }: Place, read: (file: string) => Lines | null): string | null {
  const found = read(file);
  const start = found?.lines[line - 1];
  if (found === null || start === undefined) return null;
  const { text, lines, document } = found;
  if (document !== undefined) return excerptOf({ name: file, text, lines, document }, start + column - 1);
  return markedLine(line, column, lineAt(text, lines, line));
}

function textOf(path: string): string | null {
  try {
    const found = statSync(path);
    return found.isFile() && found.size <= largestFile ? readPlainFile(path).toString("utf8") : null;
  } catch {
    return null;
  }
}
