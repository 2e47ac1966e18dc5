import type { Change, ChangeProblem, Outcome } from "../../model/plan.ts";

export function stale(change: Change, code: keyof typeof staleReasons): Outcome {
  return { change, status: "stale", problem: { code, message: staleReasons[code], requestId: "" } };
}

const staleReasons = {
  "contact-gone": "The contact was deleted since the plan was made. Plan again.",
  "contact-changed":
    "The contact was changed since the plan was made, so it was not overwritten. Plan again.",
  "contact-not-owned":
    "The sync may no longer change the contact, because its stamp or address is a different one. Plan again.",
  "address-not-owned": "Its address is outside the owned domains, where galops changes nothing. Plan again.",
  "survivor-gone":
    "The contact that this person should keep no longer exists, so its duplicate was not deleted. Plan again.",
} as const;

/** The problem of a contact that was written with its stamp but without its manager. */
export const managerMissing: ChangeProblem = {
  code: "manager-missing",
  message:
    "The contact was written without its manager, whose own contact does not exist or could not be created. " +
    "The next run tries again.",
  requestId: "",
};
