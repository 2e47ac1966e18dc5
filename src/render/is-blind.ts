import type { PlanEnd } from "../model/plan.ts";

/** Whether errors left nothing that could be compared; that nothing would change then says nothing. */
export function isBlind({ booksRead, end }: { readonly booksRead: number; readonly end: PlanEnd }): boolean {
  return booksRead === 0 && end.diagnostics.some(({ severity }) => severity === "error");
}
