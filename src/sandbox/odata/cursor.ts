import { tokenize } from "./lexer.ts";
import type { Token } from "./lexer.ts";
import { FilterSyntaxError } from "./syntax.ts";

/** Steps through the tokens of a filter. */
export interface Cursor {
  peek(): Token;
  skip(): void;
  /** Consumes the next token if it is this sign, and returns whether it was. */
  takeSign(sign: string): boolean;
  /** Consumes the next token if it is one of these words, and returns it; null otherwise. */
  takeWord<Word extends string>(words: readonly Word[]): Word | null;
  /** @throws {FilterSyntaxError} */
  expectSign(sign: string): void;
  /** @throws {FilterSyntaxError} */
  expectName(): string;
  fail(): FilterSyntaxError;
  /** Runs `parse` one level deeper. @throws {FilterSyntaxError} when the nesting is too deep */
  nested<Result>(parse: () => Result): Result;
}

/** Deeper than any filter needs; a recursive parser needs a limit. */
const deepest = 100;

/** @throws {FilterSyntaxError} */
export function cursorOver(text: string): Cursor {
  const tokens = tokenize(text);
  let index = 0;
  let depth = 0;
  const peek = (): Token => tokens[index] ?? { kind: "end", at: text.length };
  const fail = (): FilterSyntaxError =>
    new FilterSyntaxError(`Syntax error at position ${peek().at} in '${text}'.`);
  const takeSign = (sign: string): boolean => {
    const token = peek();
    if (token.kind !== "sign" || token.text !== sign) return false;
    index++;
    return true;
  };
  return {
    peek,
    fail,
    takeSign,
    skip: () => void index++,
    takeWord(words) {
      const token = peek();
      const word = token.kind === "name" ? words.find((known) => known === token.text) : undefined;
      if (word !== undefined) index++;
      return word ?? null;
    },
    expectSign(sign) {
      if (!takeSign(sign)) throw fail();
    },
    expectName() {
      const token = peek();
      if (token.kind !== "name") throw fail();
      index++;
      return token.text;
    },
    nested(parse) {
      if (++depth > deepest) throw new FilterSyntaxError("The filter is nested too deeply.");
      const result = parse();
      depth--;
      return result;
    },
  };
}
