import { createCircuit } from "../../concurrency/circuit.ts";
import type { ExchangeError, ExchangeErrorKind } from "../../http/exchange/exchange.ts";
import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";
import { failed, interrupted, skipped } from "../outcomes.ts";
import { isForAll, problemOf } from "./problems.ts";

/** Learns from failed changes which other changes must not be begun. */
export interface Obstacles {
  /** The outcome of a change that must not be begun; null when it may be begun. */
  notBegun(change: Change, signal: AbortSignal): Outcome | null;
  /** The problem that prevents all further changes; null for none. */
  againstAll(): ChangeProblem | null;
  /** Call when contacts could not be read again, so that no further change is made. */
  unread(problem: ChangeProblem): void;
  made(): void;
  /**
   * The outcome of a change that Exchange refused.
   *
   * @param isUntouched - whether it is certain that no part of the change was made
   */
  refused(change: Change, error: ExchangeError, isUntouched: boolean): Outcome;
}

/** Errors that concern all contacts if they repeat. Each takes minutes of retries until it fails. */
const oftenOfAll: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "busy",
  "directory-write-failed",
  "malformed-answer",
]);

/** If several changes hit the same problem, one of them fails and the others are skipped with the same reason. */
export function createObstacles(): Obstacles {
  const circuit = createCircuit();
  let ofAll: ChangeProblem | null = null;
  let ofCreates: ChangeProblem | null = null;
  /** Whether a change already failed with the problem of all, so that the run counts as failed. */
  let isReported = false;

  /** Several changes in progress may hit the same problem. @returns whether it is reported already */
  function isKnown({ kind }: ExchangeError, problem: ChangeProblem): boolean {
    if (kind === "creation-quota") {
      const known = ofCreates !== null;
      ofCreates ??= problem;
      return known;
    }
    if (!isForAll(kind)) return false;
    const known = isReported;
    ofAll ??= problem;
    isReported = true;
    return known;
  }

  return {
    notBegun(change, signal) {
      if (signal.aborted) return skipped(change, interrupted);
      if (ofAll !== null) {
        const known = isReported;
        isReported = true;
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
        isReported = true;
      }
      return failed(change, problem);
    },
  };
}
