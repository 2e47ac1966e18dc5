import type { PlanEnd } from "../model/plan.ts";

/** Whether errors left nothing to compare, so that an empty plan must not be reported as "no changes". */
export function isBlind({ booksRead, end }: { readonly booksRead: number; readonly end: PlanEnd }): boolean {
  return booksRead === 0 && end.diagnostics.some(({ severity }) => severity === "error");
}
