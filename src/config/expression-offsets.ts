import type { Scalar } from "yaml";

/**
 * For each UTF-16 unit of a scalar's value the offset in the file where it is written, whatever the style of the
 * scalar: plain, quoted with escapes, literal or folded. One more entry for the end.
 */
export function valueOffsets(text: string, node: Scalar): readonly number[] {
  const [start, end] = node.range ?? [0, 0];
  const value = String(node.value);
  let at = start;
  if (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE") at++;
  if (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL") at = text.indexOf("\n", start) + 1;
  const offsets: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const unit = value.charAt(i);
    if (node.type === "QUOTE_DOUBLE" && text[at] === "\\") {
      offsets.push(at);
      at += escapeLength(text.charAt(at + 1));
    } else if (node.type === "QUOTE_SINGLE" && text.startsWith("''", at)) {
      offsets.push(at);
      at += 2;
    } else if (unit === " " || unit === "\n") {
      offsets.push(at);
      at = afterSpace(text, at, value.slice(i + 1));
    } else {
      while (at < end && text[at] !== unit) at++;
      offsets.push(at++);
    }
  }
  offsets.push(Math.min(at, end));
  return offsets;
}

/** @see https://yaml.org/spec/1.2.2/#57-escaped-characters */
function escapeLength(letter: string): number {
  return { x: 4, u: 6, U: 10 }[letter] ?? 2;
}

/** Behind one blank, or behind a line break and the indentation that is no part of the value. */
function afterSpace(text: string, at: number, rest: string): number {
  const run = /^[ \t]*(\r?\n[ \t]*)+/.exec(text.slice(at, at + 4_096))?.[0];
  if (run === undefined) return at + 1;
  const kept = /^[ \n]*/.exec(rest)?.[0].length ?? 0;
  return at + Math.max(1, run.length - kept);
}
