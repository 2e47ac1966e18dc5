import type { BookPlan, Summary } from "../model/plan.ts";
import { isHiding } from "./leaving.ts";

export interface SummaryCounter {
  add(book: Pick<BookPlan, "changes" | "unchanged" | "unmanaged" | "rename">): void;
  /** The counts over all books added so far. */
  summary(): Summary;
}

/** Counts contacts in books; a withheld change counts only as withheld. */
export function createSummary(): SummaryCounter {
  const counts = { create: 0, update: 0, delete: 0, adopt: 0, withheld: 0, unchanged: 0, unmanaged: 0 };
  let renames = 0;
  let hides = 0;
  let moves = 0;
  return {
    add({ changes, unchanged, unmanaged, rename }) {
      for (const change of changes) {
        counts[change.withheld === null ? change.action : "withheld"]++;
        if (change.withheld !== null) continue;
        if (isHiding(change)) hides++;
        if (change.action === "create" && change.reason === "moved") moves++;
      }
      counts.unchanged += unchanged;
      counts.unmanaged += unmanaged ?? 0;
      if (rename?.withheld === null) renames++;
    },
    summary: () => ({
      ...counts,
      ...(renames === 0 ? {} : { rename: renames }),
      ...(hides === 0 ? {} : { hide: hides }),
      ...(moves === 0 ? {} : { move: moves }),
    }),
  };
}
