import { createCircuit } from "../../concurrency/circuit.ts";
import type { ExchangeError, ExchangeErrorKind } from "../../http/exchange/exchange.ts";
import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";
import { failed, interrupted, skipped } from "../outcomes.ts";
import { isForAll, problemOf } from "./problems.ts";

/** What keeps changes from being begun, learned from those that failed. */
export interface Obstacles {
  /** What becomes of a change that must not be begun any more; null where nothing stands against it. */
  notBegun(change: Change, signal: AbortSignal): Outcome | null;
  /** What nothing more can be made by; null where nothing stands against all. */
  againstAll(): ChangeProblem | null;
  /** It is not known what contacts are like now, so that none is changed any more. */
  unread(problem: ChangeProblem): void;
  made(): void;
  /**
   * What becomes of a change that Exchange refused.
   *
   * @param isUntouched - whether it is certain that nothing of it was made
   */
  refused(change: Change, error: ExchangeError, isUntouched: boolean): Outcome;
}

/** What is not of one contact if all others have it, too: each takes minutes of patience until it fails. */
const oftenOfAll: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "busy",
  "directory-write-failed",
  "malformed-answer",
]);

/** Of what several changes run into one fails, and the others are skipped with the same reason. */
export function createObstacles(): Obstacles {
  const circuit = createCircuit();
  let ofAll: ChangeProblem | null = null;
  let ofCreates: ChangeProblem | null = null;
  /** Whether a change has failed by what stands against all, so that the run counts as failed. */
  let isTold = false;

  /** Several changes are in hand at a time and run into the same. @returns whether it is told already */
  function isKnown({ kind }: ExchangeError, problem: ChangeProblem): boolean {
    if (kind === "creation-quota") {
      const known = ofCreates !== null;
      ofCreates ??= problem;
      return known;
    }
    if (!isForAll(kind)) return false;
    const known = isTold;
    ofAll ??= problem;
    isTold = true;
    return known;
  }

  return {
    notBegun(change, signal) {
      if (signal.aborted) return skipped(change, interrupted);
      if (ofAll !== null) {
        const known = isTold;
        isTold = true;
        return known ? skipped(change, ofAll) : failed(change, ofAll);
      }
      return change.action === "create" && ofCreates !== null ? skipped(change, ofCreates) : null;
    },
    againstAll: () => ofAll,
    unread(problem) {
      ofAll ??= problem;
    },
    made: () => circuit.add(null),
    refused(change, error, isUntouched) {
      const problem = problemOf(error);
      circuit.add(error.kind);
      if (isKnown(error, problem) && isUntouched) return skipped(change, problem);
      if (oftenOfAll.has(error.kind) && circuit.openedBy() !== null) {
        ofAll ??= problem;
        isTold = true;
      }
      return failed(change, problem);
    },
  };
}
