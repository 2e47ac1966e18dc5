import { lineAt, positionAt } from "./lines.ts";
import { shownOf } from "./secret-places.ts";
import type { Source } from "./secret-places.ts";

const widest = 100;
const notShown = "(not shown)";

/** The line of an offset with a mark under the character there, ready to print; secrets are not in it. */
export function excerptAt(source: Source, offset: number): string {
  const { line, column } = positionAt(source.lines, offset);
  const text = lineAt(source.text, source.lines, line);
  const shown = shownOf(source, line);
  return markedLine(line, column, shown < text.length ? text.slice(0, shown) + notShown : text);
}

/** A line with its number, and a mark under a column; of a long one the part around it. */
export function markedLine(line: number, column: number, text: string): string {
  const at = column - 1;
  const from = at < widest ? 0 : at - Math.floor(widest * 0.6);
  const mark = `${" ".repeat(String(line).length)} | ${" ".repeat(at - from)}^`;
  return `${line} | ${text.slice(from, from + widest).replaceAll("\t", " ")}\n${mark}`;
}
