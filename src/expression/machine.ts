import { compilePattern, longestPattern } from "./pattern.ts";
import type { CompiledPattern, Pattern } from "./pattern.ts";
import { ValueError } from "./value.ts";

/** The budget of one evaluation, so that no expression can delay the whole run. */
export interface Machine {
  /** @throws {ExhaustedError} when the evaluation takes too long */
  spend(steps: number): void;
  /** Charges for a failure after which the evaluation continues. @throws {ExhaustedError} */
  forgive(): void;
  /** @throws {ValueError} when RE2 does not accept the pattern */
  pattern(source: string): Pattern;
}

/** Thrown when an evaluation takes too long. Not a ValueError, so that no operator of an expression can swallow it. */
export class ExhaustedError extends Error {
  override readonly name = "ExhaustedError";
}

/** A loop over a short list costs tens of steps; this many take some hundredths of a second. */
const mostSteps = 500_000;

// Bounds a cache: there can be as many patterns from data as people, but only few literal ones.
const mostPatterns = 50;
const compileSteps = 500;
const compileStepsEach = 20;
/** RE2 detects that a pattern is too large only after compiling it. */
const refusedSteps = 50_000;
/** Cost of creating an error with its stack. */
const failureSteps = 100;

/**
 * Returns a function that creates the machine for one evaluation of an expression.
 *
 * @param literals - patterns that are literals of the expression, by source; these cost nothing
 */
export function createMachines(literals: ReadonlyMap<string, Pattern>): () => Machine {
  const made = new Map<string, CompiledPattern>();
  return () => {
    let left = mostSteps;
    const spend = (steps: number): void => {
      left -= steps;
      if (left < 0) {
        throw new ExhaustedError(
          "The evaluation takes too long. Avoid loops inside loops, and patterns on very long texts.",
        );
      }
    };
    const pattern = (source: string): Pattern => {
      const literal = literals.get(source);
      if (literal !== undefined) return literal;
      // Charged even when cached: the cost of an evaluation must not depend on previous ones.
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
