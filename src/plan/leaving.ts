import type { Change } from "../model/plan.ts";

/** Whether a change hides a contact because its person left: a grace begins, or goes on. */
export function isHiding(change: Change): boolean {
  return change.action === "update" && change.hiddenSince !== undefined;
}

/** Whether the people who look for a contact no longer find it: deleted, or hidden because its person left. */
export function isLeaving(change: Change): boolean {
  return change.action === "delete" || isHiding(change);
}
