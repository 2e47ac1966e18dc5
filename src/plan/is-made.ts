import type { Change } from "../model/plan.ts";

/** Whether a change will be made, as opposed to withheld. */
export function isMade({ withheld }: Change): boolean {
  return withheld === null;
}
