import { RE2JS, RE2JSException } from "re2js";

/**
 * A regular expression with RE2's syntax, found in linear time: a pull request may bring any expression, and one
 * that backtracks would hold up the run of everybody else.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export interface Pattern {
  /** Whether it is found anywhere in the text. */
  found(text: string): boolean;
  /** Instructions of its program; searching takes up to size × length of the text. */
  readonly size: number;
}

/** In UTF-16 code units. */
export const longestPattern = 1_000;
const largestProgram = 2_000;

/** A pattern, or why it cannot be used: a full sentence. */
export type CompiledPattern =
  | { readonly ok: true; readonly pattern: Pattern }
  | { readonly ok: false; readonly message: string };

export function compilePattern(source: string): CompiledPattern {
  if (source.length > longestPattern) {
    return { ok: false, message: `The regular expression is longer than ${longestPattern} characters.` };
  }
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.programSize();
    if (size > largestProgram) {
      return { ok: false, message: "The regular expression is too large; its repetitions multiply." };
    }
    return { ok: true, pattern: { size, found: (text) => compiled.test(text) } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const said = error.message.replace(/^error parsing regexp: /, "");
    return { ok: false, message: `RE2 does not take this regular expression: ${said}.` };
  }
}

/** The pattern for `glob`: the whole text whatever its case, `*` for any text, `?` for one character. */
export function globPattern(glob: string): string {
  const parts = Array.from(glob, (character) => {
    if (character === "*") return ".*";
    return character === "?" ? "." : RE2JS.quote(character);
  });
  return `(?is)^${parts.join("").replaceAll(/(?:\.\*)+/g, ".*")}$`;
}
