import type { ParseError, TypeError } from "@marcbachmann/cel-js";
import type { Problem } from "./expression.ts";

/** Translates an error of the CEL library into our terms. */
export function libraryProblem(error: ParseError | TypeError, text: string): Problem {
  const offset = Math.min(error.range?.start ?? 0, text.length);
  const { code, summary } = error;
  const said = plain(summary);
  if (code === "limit_exceeded") {
    return {
      offset,
      message: "The expression is too large or too deeply nested.",
      hint: "Split it across several fields or sources.",
    };
  }
  if (said.startsWith("has()")) {
    return {
      offset,
      message: "has takes a property or an attribute.",
      hint: "For example has(person.mail).",
    };
  }
  const overload = /^no such overload: (.+)$/.exec(said)?.[1];
  if (overload !== undefined) {
    return {
      offset,
      message: `The operator does not apply to these types: ${overload}.`,
      hint: operatorHint(overload),
    };
  }
  const call = /^found no matching overload for '(.+)'$/.exec(said)?.[1];
  if (call !== undefined) return { offset, message: `${call} does not exist for these types.`, hint: "" };
  return {
    offset,
    message: `${said.charAt(0).toUpperCase()}${said.slice(1)}.`.replace(/\.\.$/, "."),
    hint: "",
  };
}

function operatorHint(overload: string): string {
  if (overload === "!string") return 'Compare the text with something, for example … == "".';
  return /\bint\b/.test(overload) && /\bstring \+|\+ string\b/.test(overload)
    ? "Use string(…) to convert a number to text."
    : "";
}

const tokens: Readonly<Record<string, string>> = {
  EOF: "the end",
  NUMBER: "a number",
  STRING: "text in quotes",
  BYTES: "bytes",
  BOOLEAN: "true or false",
  NULL: "null",
  IDENTIFIER: "a name",
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"&&"',
  OR: '"||"',
  NOT: '"!"',
  IN: '"in"',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  DOT: '"."',
  COMMA: '","',
  COLON: '":"',
  QUESTION: '"?"',
};

/** Replaces the library's names of tokens with their characters, and removes its names for our types. */
function plain(summary: string): string {
  const named = /^(Expected|Unexpected token)/.test(summary)
    ? summary.replaceAll(/\b[A-Z]{2,}\b/g, (token) => tokens[token] ?? token)
    : summary;
  return named.replaceAll(/\$(person|mailbox)\b/g, "$1");
}
