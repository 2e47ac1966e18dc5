import { GraphError } from "../../../http/graph/graph.ts";
import type { BookProblem } from "../../../model/book.ts";
import type { Change, Outcome } from "../../../model/plan.ts";
import { failed, failedWithBook } from "../../outcomes.ts";
import { refusedBy } from "../outcomes.ts";
import { isItemGone, mailboxProblem } from "../problems.ts";
import { decide } from "./decide.ts";
import type { Step } from "./decide.ts";
import type { Doubtful } from "./in-doubt.ts";
import type { MissingPhoto } from "./load-photos.ts";
import type { Findings } from "./look-up.ts";

/** The results of some changes. Each change is in one of the lists. */
export interface Sent {
  readonly outcomes: readonly Outcome[];
  /** Changes that are done except for the photo. */
  readonly photos: readonly MissingPhoto[];
  /** Why the run gives up the mailbox; null to continue. */
  readonly problem: BookProblem | null;
}

/** `Sent` while changes are being sent. */
export interface MutableSent {
  readonly outcomes: Outcome[];
  readonly photos: MissingPhoto[];
  problem: BookProblem | null;
}

export function settle(sent: MutableSent, step: Exclude<Step, { readonly kind: "send" }>): void {
  if (step.kind === "settled") sent.outcomes.push(step.outcome);
  else sent.photos.push({ change: step.change, id: step.current.id, current: step.current });
}

export function refuse(sent: MutableSent, change: Change, error: GraphError): void {
  const problem = mailboxProblem(error);
  // The problem of the mailbox says what to do, which Graph's own message often does not.
  const reason = refusedBy(error);
  sent.outcomes.push(
    problem === null
      ? failed(change, reason)
      : failedWithBook(change, { ...reason, message: problem.message }),
  );
  sent.problem ??= problem ?? (change.action === "create" ? folderProblem(error) : null);
}

/** No further contact can be created in a folder that no longer exists. */
function folderProblem(error: GraphError): BookProblem | null {
  if (!isItemGone(error)) return null;
  const message = "The folder was deleted while contacts were written to it. Plan again.";
  return { severity: "error", code: "folder-gone", message };
}

/** Settles changes in doubt after the last attempt: done if the contact is as desired, otherwise failed. */
export function giveUp(
  doubtful: readonly Doubtful[],
  findings: Findings,
  owner: string,
  sent: MutableSent,
): void {
  for (const { change, error } of doubtful) {
    const found = findings.get(change) ?? error;
    const step = found instanceof GraphError ? null : decide(change, found, owner);
    if (step === null || step.kind === "send") refuse(sent, change, error);
    else settle(sent, step);
  }
}
