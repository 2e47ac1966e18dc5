import { commands, unseen } from "../text/harmless-json.ts";

/** Zero-width joiners, which Persian, Indic scripts and emoji need between letters. */
const joiners: ReadonlySet<string> = new Set(["\u200C", "\u200D"]);

/**
 * Escapes text for one line of output: invisible characters are spelled out, e.g. `\n`, `\u{1b}`.
 *
 * All displayed text that does not come from galops itself must pass through here exactly once.
 */
export function harmless(text: string): string {
  return text
    .replace(unseen, (character, offset: number) =>
      joiners.has(character) && joins(text, offset) ? character : spelledOut(character),
    )
    .replace(commands, String.raw`#\u{23}`);
}

/** Like `harmless`, but keeps line breaks, for text of several lines such as excerpts. */
export function harmlessLines(text: string): string {
  return text
    .split(/\r?\n/u)
    .map((line) => harmless(line.replaceAll("\t", "  ")))
    .join("\n");
}

/**
 * Puts text in double quotes and escapes quotes and backslashes inside, so that text cannot fake the end of a value.
 */
export function quoted(text: string): string {
  return `"${harmless(text.replaceAll(/["\\]/gu, String.raw`\$&`))}"`;
}

function joins(text: string, offset: number): boolean {
  return text.charCodeAt(offset - 1) > 0x7f && text.charCodeAt(offset + 1) > 0x7f;
}

function spelledOut(character: string): string {
  if (character === "\n") return String.raw`\n`;
  if (character === "\r") return String.raw`\r`;
  if (character === "\t") return String.raw`\t`;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
