import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";

export function stale(change: Change, code: keyof typeof staleReasons): Outcome {
  return { change, status: "stale", problem: { code, message: staleReasons[code], requestId: "" } };
}

const staleReasons = {
  "contact-gone": "The contact was deleted since the plan was made. Plan again.",
  "contact-changed": "The contact was changed since the plan was made, and is left as it is. Plan again.",
  "contact-not-owned":
    "The contact is no longer one that the sync may change: its stamp or its address is another one. Plan again.",
  "address-not-owned":
    "Its address lies outside of the owned domains, where galops changes nothing. Plan again.",
  "survivor-gone":
    "The contact that should have stayed for this person is not there, so that its duplicate is left. Plan again.",
} as const;

/** Of a contact that was written, its stamp included, but without its manager. */
export const managerMissing: ChangeProblem = {
  code: "manager-missing",
  message:
    "The contact was written, but not who its manager is: the manager's own contact is not there, or could not be made. The next run tries again.",
  requestId: "",
};
