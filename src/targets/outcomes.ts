import { interruptedCode } from "../model/plan.ts";
import type { Change, ChangeProblem, Outcome } from "../model/plan.ts";

// Outcomes of changes that all targets have in common.

export function done(change: Change): Outcome {
  return { change, status: "done", problem: null };
}

/** The contact already was as planned, because an earlier run or somebody else made the change. */
export function alreadyDone(change: Change): Outcome {
  return { change, status: "already-done", problem: null };
}

export function failed(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "failed", problem };
}

/** A change that failed for a reason that concerns its whole book. */
export function failedWithBook(change: Change, problem: ChangeProblem): Outcome {
  return { ...failed(change, problem), isOfBook: true };
}

export function skipped(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "skipped", problem };
}

export const interrupted: ChangeProblem = {
  code: interruptedCode,
  message: "The run was interrupted before it began this change.",
  requestId: "",
};
