import type { ErrorCode, YAMLError } from "yaml";
import type { ConfigFile, Report } from "./config-file.ts";

const quoteIt = "Put the expression in quotes, or behind >- on a line of its own.";

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

export function syntaxReport(file: ConfigFile, { code, pos }: YAMLError): Report {
  const detail = hintFor(lineAround(file, pos[0]), pos[0], code) ?? details[code];
  return {
    code: "invalid-yaml",
    summary: "Invalid YAML",
    detail:
      detail ??
      "YAML cannot be read on from here. A quotation, bracket or indentation before it may be wrong.",
  };
}

interface Line {
  readonly text: string;
  readonly start: number;
}

/** Better than what can be said in general, for what befalls expressions and people with tabs; null for nothing. */
function hintFor({ text, start }: Line, offset: number, code: ErrorCode): string | null {
  if (/^ *\t/.test(text)) return details.TAB_AS_INDENT ?? null;
  if (code !== "UNEXPECTED_TOKEN" && code !== "MISSING_CHAR") return null;
  const before = text.slice(0, offset - start);
  if (!/:[ \t]+(?:"[^"]*"|'[^']*'|\[.*\]|\{.*\})\s*$/.test(before)) return null;
  return `A value that begins with a quote or a bracket ends where that is closed, and something follows it. ${quoteIt}`;
}

function lineAround({ text }: ConfigFile, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return { text: text.slice(start, end < 0 ? text.length : end), start };
}
