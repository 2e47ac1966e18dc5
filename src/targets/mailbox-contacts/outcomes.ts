import type { GraphError } from "../../http/graph/graph.ts";
import type { BookProblem } from "../../model/book.ts";
import type { StepResult } from "../../model/journal.ts";
import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";

/** Gone since the plan: there is nothing left to update. */
export function staleGone(change: Change): Outcome {
  const message = "The contact was deleted since the plan was made. Plan again.";
  return stale(change, { code: "contact-gone", message, requestId: "" });
}

/** Changed since the plan, by its user or by another run. */
export function staleChanged(change: Change): Outcome {
  const message = "The contact was changed since the plan was made, and is left as it is. Plan again.";
  return stale(change, { code: "contact-changed", message, requestId: "" });
}

/** Somebody else made the contact since the plan, otherwise than planned. */
export function staleCreated(change: Change): Outcome {
  const message =
    "A contact for this person was made since the plan was made, otherwise than planned. Plan again.";
  return stale(change, { code: "contact-exists", message, requestId: "" });
}

/** A duplicate that has become the only contact of its person. */
export function staleAlone(change: Change): Outcome {
  const message =
    "The contact that should have stayed for this person is not there, so that its duplicate is left. Plan again.";
  return stale(change, { code: "survivor-gone", message, requestId: "" });
}

/** What is deleted for good while a copy of it still has its mark. */
export function staleCopied(change: Change): Outcome {
  const message =
    "A copy that its user made of the contact could not be marked as his own, so that the contact is left, too. Plan again.";
  return stale(change, { code: "copy-not-released", message, requestId: "" });
}

function stale(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "stale", problem };
}

export function refusedBy(error: GraphError): ChangeProblem {
  return { code: error.code, message: error.message, requestId: error.requestId };
}

/** A create of which nobody knows, in a place where it must not be made twice. */
export function unknownCreate({ code, message, requestId }: GraphError): ChangeProblem {
  const sentences = [
    "Nobody knows whether the contact was made: the answer was lost, and half a minute later it was not there.",
    "It is not made again now, since galops removes no second one from a place that is the user's own.",
    `Run again: the next run looks for it, and makes it where it is missing. (Graph: ${code}: ${message})`,
  ];
  return { code: "create-in-doubt", message: sentences.join(" "), requestId };
}

/** Of a mailbox that was given up. */
export function givenUpFor({ code, message, requestId = "" }: BookProblem): ChangeProblem {
  return { code, message, requestId };
}

/** For the journal: a step that the service refused, or of which nobody knows. */
export function notDone(step: number, { outcome, requestId, code }: GraphError): StepResult {
  return { step, status: outcome === "unknown" ? "unknown" : "failed", after: null, requestId, code };
}
