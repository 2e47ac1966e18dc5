import { statSync } from "node:fs";
import { resolve } from "node:path";
import { readPlainFile } from "../files/plain-file.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { excerptOf, parseFile } from "./config-file.ts";
import { markedLine } from "./excerpt.ts";
import { lineAt, lineStartsOf } from "./lines.ts";

/** Of a larger file no line is shown, so that nobody waits for it. */
const largestFile = 16 * 1024 * 1024;

/**
 * What is known only as a place in a file (of the config, or one that it names), each with the line there; without it
 * where the file cannot be read any more.
 */
export function withExcerpts(diagnostics: readonly Diagnostic[], cwd: string): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    if (diagnostic.place === null || diagnostic.excerpt !== undefined) return diagnostic;
    const excerpt = excerptAtPlace(diagnostic.place, cwd);
    return excerpt === null ? diagnostic : { ...diagnostic, excerpt };
  });
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
