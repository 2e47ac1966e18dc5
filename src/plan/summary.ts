import type { BookPlan, Summary } from "../model/plan.ts";

export interface SummaryCounter {
  add(book: Pick<BookPlan, "changes" | "unchanged" | "unmanaged">): void;
  /** Of all books that were added. */
  summary(): Summary;
}

/** Counts contacts in books; a change that is withheld counts as withheld only. */
export function createSummary(): SummaryCounter {
  const counts = { create: 0, update: 0, delete: 0, adopt: 0, withheld: 0, unchanged: 0, unmanaged: 0 };
  return {
    add({ changes, unchanged, unmanaged }) {
      for (const change of changes) counts[change.withheld === null ? change.action : "withheld"]++;
      counts.unchanged += unchanged;
      counts.unmanaged += unmanaged ?? 0;
    },
    summary: () => ({ ...counts }),
  };
}
