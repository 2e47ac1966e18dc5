import { FilterSyntaxError } from "./syntax.ts";
import type { LiteralType, LiteralValue } from "./syntax.ts";

export type Token =
  | {
      readonly kind: "literal";
      readonly value: LiteralValue;
      readonly type: LiteralType;
      readonly at: number;
    }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "sign"; readonly text: string; readonly at: number }
  | { readonly kind: "end"; readonly at: number };

const patterns = {
  string: /'(?:[^']|'')*'/y,
  guid: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/iy,
  instant: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?(?![\w-])/iy,
  number: /-?\d+(?:\.\d+)?(?![\w-])/y,
  name: /\$?[\p{L}_][\p{L}\p{N}_.]*/uy,
  sign: /[(),:/]/y,
};

/** @throws {FilterSyntaxError} */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at++;
    if (at >= text.length) break;
    const [token, length] = tokenAt(text, at);
    tokens.push(token);
    at += length;
  }
  return [...tokens, { kind: "end", at }];
}

function tokenAt(text: string, at: number): readonly [Token, number] {
  for (const [kind, pattern] of Object.entries(patterns)) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [toToken(kind, found, at), found.length];
  }
  if (text[at] === "'") {
    throw new FilterSyntaxError(
      `There is an unterminated string literal at position ${text.length} in '${text}'.`,
    );
  }
  throw new FilterSyntaxError(
    `Syntax error: character '${text.charAt(at)}' is not valid at position ${at} in '${text}'.`,
  );
}

function toToken(kind: string, found: string, at: number): Token {
  switch (kind) {
    case "string":
      return { kind: "literal", type: "String", value: found.slice(1, -1).replaceAll("''", "'"), at };
    case "guid":
      return { kind: "literal", type: "Guid", value: found, at };
    case "instant":
      return { kind: "literal", type: "DateTimeOffset", value: found, at };
    case "number":
      return { kind: "literal", type: "Int32", value: Number(found), at };
    case "name":
      return word(found, at);
    default:
      return { kind: "sign", text: found, at };
  }
}

function word(text: string, at: number): Token {
  if (text === "null") return { kind: "literal", type: "null", value: null, at };
  if (text === "true" || text === "false") {
    return { kind: "literal", type: "Boolean", value: text === "true", at };
  }
  return { kind: "name", text, at };
}
