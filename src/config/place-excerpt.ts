import { statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { readPlainFile } from "../files/plain-file.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { excerptOf, parseFile } from "./config-file.ts";
import { markedLine } from "./excerpt.ts";
import { lineAt, lineStartsOf } from "./lines.ts";

/** Of a larger file no line is shown, so that nobody waits for it. */
const largestFile = 16 * 1024 * 1024;

/**
 * What is known only as a place in a file (of the config, or one that it names), each with the line there; without it
 * where the file cannot be read any more. Files of sandbox tenants are named from the folder of `cwd`.
 */
export function withExcerpts(diagnostics: readonly Diagnostic[], cwd: string): readonly Diagnostic[] {
  return diagnostics.map((given) => {
    const diagnostic = withShortPaths(given, cwd);
    if (diagnostic.place === null || diagnostic.excerpt !== undefined) return diagnostic;
    const excerpt = excerptAtPlace(diagnostic.place, cwd);
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

function excerptAtPlace({ file, line, column }: Place, cwd: string): string | null {
  const text = textOf(resolve(cwd, file));
  if (text === null) return null;
  const lines = lineStartsOf(text);
  const start = lines[line - 1];
  if (start === undefined) return null;
  if (/\.ya?ml$/i.test(file)) return excerptOf(parseFile(file, text), start + column - 1);
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
