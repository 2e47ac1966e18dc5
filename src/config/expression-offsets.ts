import type { Scalar } from "yaml";

/** A part of a value and where it is written. */
interface Part {
  readonly text: string;
  readonly at: number;
  /** True where every character of the value is one in the file; otherwise all of them stand at `at`. */
  readonly verbatim: boolean;
}

/**
 * For each UTF-16 unit of a scalar's value the offset in the file where it is written, whatever the style of the
 * scalar: plain, quoted with escapes, literal or folded. One more entry for the end. A line break that is folded into
 * a blank stands at the end of its line.
 *
 * @see https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions and the chapter behind it
 */
export function valueOffsets(source: string, node: Scalar): readonly number[] {
  const [start, end] = node.range ?? [0, 0];
  const value = String(node.value);
  const isBlock = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL";
  const parts = isBlock ? blockParts(source, start, end, value) : flowParts(source, start, end, node.type);
  const offsets = parts.flatMap(({ text, at, verbatim }) =>
    Array.from({ length: text.length }, (_, index) => (verbatim ? at + index : at)),
  );
  // Should a scalar be written in a way that is not known here, its beginning is the best that can be said.
  if (parts.map(({ text }) => text).join("") !== value)
    return Array.from({ length: value.length + 1 }, () => start);
  const last = parts.findLast(({ text }) => text !== "");
  return [...offsets, last === undefined ? start : last.at + (last.verbatim ? last.text.length : 1)];
}

const foldedBreak = /[ \t]*\r?\n[ \t]*(?:\r?\n[ \t]*)*/y;
const blanksAndTabs = /[ \t]+/y;
const escapedBreak = /\\\r?\n[ \t]*(?:\r?\n[ \t]*)*/y;
const escape = /\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/y;

function flowParts(source: string, start: number, end: number, style: Scalar["type"]): readonly Part[] {
  const isQuoted = style === "QUOTE_DOUBLE" || style === "QUOTE_SINGLE";
  const isDouble = style === "QUOTE_DOUBLE";
  const parts: Part[] = [];
  let at = isQuoted ? start + 1 : start;
  const stop = isQuoted ? end - 1 : end;
  while (at < stop) {
    const written = flowPart(source, at, isDouble, style === "QUOTE_SINGLE");
    parts.push({ text: written.text, at, verbatim: written.text === written.source });
    at += written.source.length;
  }
  return parts;
}

/** The shortest part that begins at an offset: as it is written, and as it is meant. */
function flowPart(
  source: string,
  at: number,
  isDouble: boolean,
  isSingle: boolean,
): { readonly source: string; readonly text: string } {
  const folded = matchAt(foldedBreak, source, at);
  if (folded !== null) return { source: folded, text: breaksOf(folded) || " " };
  // All of them, so that none of many is looked at for the line break that does not follow.
  const blanks = matchAt(blanksAndTabs, source, at);
  if (blanks !== null) return { source: blanks, text: blanks };
  if (isSingle && source.startsWith("''", at)) return { source: "''", text: "'" };
  if (!isDouble || source[at] !== "\\") return { source: source.charAt(at), text: source.charAt(at) };
  const joined = matchAt(escapedBreak, source, at);
  if (joined !== null) return { source: joined, text: breaksOf(joined) };
  const escaped = matchAt(escape, source, at) ?? "\\";
  return { source: escaped, text: unescaped(escaped) };
}

/** Of n line breaks in a row the first one is folded away. */
function breaksOf(text: string): string {
  return "\n".repeat(text.split("\n").length - 2);
}

function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}

const namedEscapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\u001B",
  N: "\u0085",
  _: "\u00A0",
  L: "\u2028",
  P: "\u2029",
};

function unescaped(escaped: string): string {
  if (escaped.length > 2) return String.fromCodePoint(Number.parseInt(escaped.slice(2), 16));
  const letter = escaped.slice(1);
  return namedEscapes[letter] ?? letter;
}

/** Lines without their indentation, as they are in the value, and what joins them. */
function blockParts(source: string, start: number, end: number, value: string): readonly Part[] {
  const lines = linesBelow(source, start, end);
  const first = lines.find(({ text }) => text.trim() !== "")?.text ?? "";
  // An indicator in the header may say that some of the first line's blanks belong to the value.
  const own = /^(?:[ \t]*\n)*(?<blanks> *)/.exec(value)?.groups?.["blanks"] ?? "";
  const indent = Math.max(0, (matchAt(blanksOnly, first, 0) ?? "").length - own.length);
  return partsOf(lines, indent, start, value);
}

interface Line {
  readonly text: string;
  readonly at: number;
}

function partsOf(lines: readonly Line[], indent: number, start: number, value: string): readonly Part[] {
  const parts: Part[] = [];
  let known = 0;
  let joinAt = start;
  // Lines that are indented further keep their blanks, and so their line breaks.
  let ends = joinsAt(value, known);
  for (const { text, at } of lines) {
    const content = text.slice(indent);
    const joined = /^[ \t]/.test(content) ? ends.breaks : ends.breaksAndBlanks;
    // Blank lines, and those of blanks that are cut off at the end.
    if (content === "" || !value.startsWith(content, joined)) continue;
    parts.push({ text: value.slice(known, joined), at: joinAt, verbatim: false });
    parts.push({ text: content, at: at + indent, verbatim: true });
    known = joined + content.length;
    ends = joinsAt(value, known);
    joinAt = at + text.length;
  }
  return [...parts, { text: value.slice(known), at: joinAt, verbatim: false }];
}

/** Where what joins two lines ends. */
function joinsAt(value: string, at: number): { readonly breaks: number; readonly breaksAndBlanks: number } {
  return {
    breaks: at + (matchAt(breaks, value, at) ?? "").length,
    breaksAndBlanks: at + (matchAt(breaksAndBlanks, value, at) ?? "").length,
  };
}

const breaks = /\n*/y;
const breaksAndBlanks = /[ \n]*/y;
const blanksOnly = / */y;

/** The lines behind the one of an offset, without what ends them. */
function linesBelow(source: string, start: number, end: number): readonly Line[] {
  const lines: Line[] = [];
  let at = source.indexOf("\n", start) + 1;
  while (at > 0 && at < end) {
    const next = source.indexOf("\n", at);
    const stop = next < 0 ? end : Math.min(next, end);
    lines.push({ text: source.slice(at, stop).replace(/\r$/, ""), at });
    at = next + 1;
  }
  return lines;
}
