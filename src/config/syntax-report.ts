import type { ErrorCode, YAMLError } from "yaml";
import type { ConfigFile, Report } from "./config-file.ts";

const quoteIt = "Put the expression in quotes, or behind >- on a line of its own.";

/** Between braces nothing can stand behind >-. */
export const quoteInFlow =
  "Put the expression in quotes, or write the map without braces, in lines, with the expression behind >-.";

/**
 * What is said of an error of syntax. Not what the parser says of it: that may quote the file, and with it secrets.
 */
const details: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: "An alias (*) cannot have an anchor (&) or a tag (!).",
  BAD_DIRECTIVE: "A line that begins with % is a directive, and this one is not known. Take it out.",
  BAD_DQ_ESCAPE:
    "This escape is not known in double quotes. Write \\\\ for a backslash, or use single quotes.",
  BAD_INDENT: "The indentation does not fit what is around it. Things of one map begin in the same column.",
  BAD_SCALAR_START: `Text cannot begin with this character. ${quoteIt}`,
  BLOCK_AS_IMPLICIT_KEY: `Text that is not in quotes cannot hold a colon and a blank, as in \`a ? b : c\`: YAML takes what is before it for a key. ${quoteIt}`,
  BLOCK_IN_FLOW: "Between braces or brackets YAML wants commas, not lines with keys or dashes.",
  KEY_OVER_1024_CHARS: "A key is longer than 1,024 characters.",
  MISSING_CHAR: "Something is missing here: a colon behind a key, a comma, or the end of a quotation.",
  MULTILINE_IMPLICIT_KEY: "A key goes over several lines; a colon may be missing, or a quotation not closed.",
  MULTIPLE_ANCHORS: "A value can have one anchor (&) only.",
  MULTIPLE_DOCS:
    "A config file holds one document, and --- begins a second one. Use a folder of files instead.",
  MULTIPLE_TAGS: `YAML takes words that begin with ! for tags, and a value can have one only. ${quoteIt}`,
  NON_STRING_KEY: "A key must be text; a bracket or brace that begins a line may be meant otherwise.",
  RESOURCE_EXHAUSTION: "Values are nested too deeply. Look for brackets that are not closed.",
  TAB_AS_INDENT: "YAML does not allow tabs as indentation. Use blanks.",
};

interface SyntaxReport extends Report {
  readonly offset: number;
  /** Whether it is an expression that YAML takes for something else, and what else is said of its line follows from it. */
  readonly isTrap: boolean;
}

export function syntaxReport(file: ConfigFile, { code, pos: [offset] }: YAMLError): SyntaxReport {
  const comment = commentAround(file, offset, code);
  if (comment !== null) return { ...cutOffByComment, offset: comment, isTrap: true };
  const line = lineAround(file, offset);
  const trap = trapIn(line, offset, code);
  const detail =
    trap ??
    (/^ *\t/.test(line.text.slice(0, nearby)) ? details.TAB_AS_INDENT : details[code]) ??
    "YAML cannot be parsed from here on. Check the quotes, brackets and indentation before it.";
  return { code: "invalid-yaml", summary: "Invalid YAML", detail, offset, isTrap: trap !== null };
}

interface Line {
  readonly text: string;
  readonly start: number;
}

/** What befalls expressions, better than it can be said in general; null for nothing. */
function trapIn({ text, start }: Line, offset: number, code: ErrorCode): string | null {
  const before = text.slice(Math.max(0, offset - start - nearby), offset - start);
  const from = text.slice(offset - start, offset - start + nearby);
  if (code === "BLOCK_IN_FLOW" && /^[^{}[\],]*\?[^{}[\],]*:/.test(from))
    return details.BLOCK_AS_IMPLICIT_KEY ?? null;
  if (code !== "UNEXPECTED_TOKEN" && code !== "MISSING_CHAR") return null;
  if (/:[ \t]+(?:"[^"]*"|'[^']*'|\[.*\]|\{.*\})\s*$/.test(before)) {
    return `A value that begins with a quote or a bracket ends where that is closed, and something follows it. ${quoteIt}`;
  }
  // The value that is read between braces: behind the last key, and not in quotes.
  const value = /^.*[{,]\s*[\w-]+:[ \t]+(?<value>[\w(].*)$/.exec(before)?.groups?.["value"] ?? "";
  if (value === "" || !/^[[\]{}),]/.test(from)) return null;
  return `Between braces YAML takes commas and brackets for its own, also within parentheses and quotations of an expression. ${quoteInFlow}`;
}

const cutOffByComment: Report = {
  code: "yaml-comment",
  summary: "A comment cuts off an expression",
  detail: `YAML reads everything after a space and # as a comment, here including the closing brace or bracket. ${quoteInFlow}`,
};

/** Of a line that an error is in: there may be very many errors in a very long one. */
const farthest = 2000;
/** Of these what is matched with patterns that may begin at each character. */
const nearby = 300;

/** Where a comment begins that has taken what closes the braces around it; null where that is not why they are open. */
function commentAround({ text }: ConfigFile, offset: number, code: ErrorCode): number | null {
  if (code !== "BAD_INDENT" && code !== "MISSING_CHAR") return null;
  const from = Math.max(0, offset - farthest);
  const last = text
    .slice(from, offset)
    .split("\n")
    .findLast((line) => line.trim() !== "" && !/^\s*#/.test(line));
  if (last === undefined) return null;
  const comment = last.search(/[ \t]#/) + 1;
  if (comment === 0 || !/[}\]]/.test(last.slice(comment))) return null;
  return text.lastIndexOf(last, offset) + comment;
}

function lineAround({ text }: ConfigFile, offset: number): Line {
  const start = Math.max(text.lastIndexOf("\n", offset - 1) + 1, offset - farthest);
  const end = text.indexOf("\n", offset);
  return { text: text.slice(start, Math.min(end < 0 ? text.length : end, offset + farthest)), start };
}
