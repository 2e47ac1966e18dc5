import type { GraphError } from "../../http/graph/graph.ts";
import type { BookProblem } from "../../model/book.ts";
import type { StepResult } from "../../model/journal.ts";
import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";

/** The contact was deleted since the plan, so it cannot be updated. */
export function staleGone(change: Change): Outcome {
  const message = "The contact was deleted since the plan was made. Plan again.";
  return stale(change, { code: "contact-gone", message, requestId: "" });
}

/** The contact was changed since the plan, by its user or by another run. */
export function staleChanged(change: Change): Outcome {
  const message = "The contact was changed since the plan was made, so it was not overwritten. Plan again.";
  return stale(change, { code: "contact-changed", message, requestId: "" });
}

/** A contact for the person was created since the plan, but differently than planned. */
export function staleCreated(change: Change): Outcome {
  const message = "Since the plan was made, a different contact was created for this person. Plan again.";
  return stale(change, { code: "contact-exists", message, requestId: "" });
}

/** The duplicate to delete is now the only contact of its person. */
export function staleAlone(change: Change): Outcome {
  const message =
    "The contact that this person should keep no longer exists, so its duplicate was not deleted. Plan again.";
  return stale(change, { code: "survivor-gone", message, requestId: "" });
}

/** The contact must not be deleted as long as a copy of it still has its marker. */
export function staleCopied(change: Change): Outcome {
  const message =
    "A copy that the user made of the contact could not be marked as the user's own, so the contact was not deleted. " +
    "Plan again.";
  return stale(change, { code: "copy-not-released", message, requestId: "" });
}

function stale(change: Change, problem: ChangeProblem): Outcome {
  return { change, status: "stale", problem };
}

export function refusedBy(error: GraphError): ChangeProblem {
  return { code: error.code, message: error.message, requestId: error.requestId };
}

/** A create with an unknown result, in a folder where galops must not create the contact twice. */
export function unknownCreate({ code, message, requestId }: GraphError): ChangeProblem {
  const sentences = [
    "It is unknown whether the contact was created: the answer was lost, and half a minute later it did not exist.",
    "It was not created again, because galops does not delete duplicates in a folder that belongs to the user.",
    `Run again: the next run looks for the contact and creates it if it is missing. (Graph: ${code}: ${message})`,
  ];
  return { code: "create-in-doubt", message: sentences.join(" "), requestId };
}

/** The problem of changes in a mailbox that the run gave up. */
export function givenUpFor({ code, message, requestId = "" }: BookProblem): ChangeProblem {
  return { code, message, requestId };
}

/** Journal result of a step that the service refused or whose result is unknown. */
export function notDone(step: number, { outcome, requestId, code }: GraphError): StepResult {
  return { step, status: outcome === "unknown" ? "unknown" : "failed", after: null, requestId, code };
}
