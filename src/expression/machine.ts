import { compilePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";
import { ValueError } from "./value.ts";

/** What one evaluation may use up, so that no expression can hold up the run of everybody else. */
export interface Machine {
  /** @throws {ExhaustedError} when the evaluation has become too long */
  spend(steps: number): void;
  /** @throws {ValueError} when RE2 does not take the pattern */
  pattern(source: string): Pattern;
}

/** An evaluation was too long. No other error: nothing in an expression may swallow it. */
export class ExhaustedError extends Error {
  override readonly name = "ExhaustedError";
}

/** One pass over a short list costs tens of steps; this many take some hundredths of a second. */
const mostSteps = 500_000;

// Patterns that are made from data are as many as people; what stands in the expression is few.
const mostPatterns = 50;
const compileSteps = 500;

/**
 * Makes the machine of each evaluation of one expression.
 *
 * @param literals - patterns that stand in the expression itself, by their source; these cost nothing
 */
export function createMachines(literals: ReadonlyMap<string, Pattern>): () => Machine {
  const made = new Map<string, Pattern>();
  return () => {
    let left = mostSteps;
    const spend = (steps: number): void => {
      left -= steps;
      if (left < 0) {
        throw new ExhaustedError(
          "Working it out takes too long: lists inside lists, or texts that are too long for their pattern.",
        );
      }
    };
    const pattern = (source: string): Pattern => {
      const literal = literals.get(source);
      if (literal !== undefined) return literal;
      const compiled = made.get(source) ?? compile(source);
      // Also where it was made before: what an evaluation may cost must not depend on the one before it.
      spend(compileSteps + compiled.size);
      if (made.size >= mostPatterns) made.clear();
      made.set(source, compiled);
      return compiled;
    };
    return { spend, pattern };
  };
}

function compile(source: string): Pattern {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new ValueError(compiled.message);
  return compiled.pattern;
}
