import { compilePattern, longestPattern } from "./pattern.ts";
import type { CompiledPattern, Pattern } from "./pattern.ts";
import { ValueError } from "./value.ts";

/** What one evaluation may use up, so that no expression can hold up the run of everybody else. */
export interface Machine {
  /** @throws {ExhaustedError} when the evaluation has become too long */
  spend(steps: number): void;
  /** For a failure that the expression goes on after. @throws {ExhaustedError} */
  forgive(): void;
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
const compileStepsEach = 20;
/** RE2 finds out that a pattern is too large when it has made all of it. */
const refusedSteps = 50_000;
/** An error with its place in the program. */
const failureSteps = 100;

/**
 * Makes the machine of each evaluation of one expression.
 *
 * @param literals - patterns that stand in the expression itself, by their source; these cost nothing
 */
export function createMachines(literals: ReadonlyMap<string, Pattern>): () => Machine {
  const made = new Map<string, CompiledPattern>();
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
      // Also where it was made before: what an evaluation may cost must not depend on the one before it.
      spend(compileSteps + compileStepsEach * Math.min(source.length, longestPattern));
      const known = made.get(source);
      const compiled = known ?? compilePattern(source);
      spend(compiled.ok ? compiled.pattern.size : refusedSteps);
      if (known === undefined) {
        if (made.size >= mostPatterns) made.clear();
        made.set(source, compiled);
      }
      if (!compiled.ok) throw new ValueError(compiled.message);
      return compiled.pattern;
    };
    return { spend, forgive: () => spend(failureSteps), pattern };
  };
}
