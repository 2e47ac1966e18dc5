import { RE2JS, RE2JSException } from "re2js";
import { EvaluationError } from "./expression.ts";

/**
 * Regular expressions with RE2's syntax and linear time: a pull request may bring any expression, and one that
 * backtracks would stop the run of everybody else.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */

const longestPattern = 1_000;
const kept = 500;
const compiled = new Map<string, RE2JS>();

/** Whether the pattern is found anywhere in the text, as CEL's `matches` wants it. @throws {EvaluationError} */
export function matches(text: string, pattern: string): boolean {
  const problem = patternProblem(pattern);
  if (problem !== null) throw new EvaluationError(problem);
  return compiled.get(pattern)?.matcher(text).find() ?? false;
}

/** What is wrong with a pattern, a full sentence; null when it can be used. */
export function patternProblem(pattern: string): string | null {
  if (compiled.has(pattern)) return null;
  if (pattern.length > longestPattern) {
    return `The regular expression is longer than ${longestPattern} characters.`;
  }
  try {
    const expression = RE2JS.compile(pattern);
    // Patterns made from data could be any number; those of the config are few.
    if (compiled.size >= kept) compiled.clear();
    compiled.set(pattern, expression);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `RE2 does not take this regular expression: ${error.message}.`;
  }
}
