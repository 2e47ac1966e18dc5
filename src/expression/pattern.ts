import { RE2JS, RE2JSException } from "re2js";

/**
 * A regular expression in RE2 syntax, matched in linear time. A pull request may contain any expression, and a
 * backtracking one could delay the whole run.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export interface Pattern {
  /** Whether the pattern matches anywhere in the text. */
  found(text: string): boolean;
  /** Number of instructions; matching takes up to this number times the length of the text. */
  readonly size: number;
}

/** Length in UTF-16 code units. */
export const longestPattern = 1_000;
const largestProgram = 2_000;

/** A pattern, or why it cannot be used (a full sentence). */
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
      return { ok: false, message: "The regular expression is too large, because its repetitions multiply." };
    }
    return { ok: true, pattern: { size, found: (text) => compiled.test(text) } };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const said = error.message.replace(/^error parsing regexp: /, "");
    return { ok: false, message: `RE2 does not accept this regular expression: ${said}.` };
  }
}

/** The pattern for `glob`: matches the whole text in any case, with `*` for any text and `?` for one character. */
export function globPattern(glob: string): string {
  const parts = Array.from(glob, (character) => {
    if (character === "*") return ".*";
    return character === "?" ? "." : RE2JS.quote(character);
  });
  return `(?is)^${parts.join("").replaceAll(/(?:\.\*)+/g, ".*")}$`;
}
