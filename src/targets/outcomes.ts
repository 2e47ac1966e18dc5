import type { Change, ChangeProblem, Outcome } from "../model/plan.ts";

// What becomes of a change, whatever is written to.

export function done(change: Change): Outcome {
  return { change, status: "done", problem: null };
}

/** The contact is as the change would make it: an earlier run did it, or somebody else. */
export function alreadyDone(change: Change): Outcome {
  return { change, status: "already-done", problem: null };
}

export function failed(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "failed", problem };
}

/** A change that failed by what stands against all of its book. */
export function failedWithBook(change: Change, problem: ChangeProblem): Outcome {
  return { ...failed(change, problem), isOfBook: true };
}

export function skipped(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "skipped", problem };
}

export const interrupted: ChangeProblem = {
  code: "interrupted",
  message: "The run was interrupted before this change was begun.",
  requestId: "",
};
