import type { ApplySummary, Failure } from "../model/apply-result.ts";
import type { BookRef } from "../model/book.ts";
import type { Action, Outcome } from "../model/plan.ts";

/** Of a change that was not begun since a signal came. */
export const interruptedCode = "interrupted";
/** How many failures a result lists; the rest are counted. */
const failuresListed = 10_000;

const countOf = {
  create: "created",
  update: "updated",
  delete: "deleted",
  adopt: "adopted",
} as const satisfies Record<Action, keyof ApplySummary>;

export interface OutcomeTally {
  add(sync: string, book: BookRef, outcome: Outcome): void;
  /** Outcomes so far. */
  count(): number;
  result(): {
    readonly summary: ApplySummary;
    readonly failures: readonly Failure[];
    readonly unlistedFailures: number;
    readonly alreadyDone: number;
    /** Whether a signal kept a change from being begun. */
    readonly interrupted: boolean;
  };
}

export function createOutcomeTally(): OutcomeTally {
  const summary = { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 };
  const failures: Failure[] = [];
  let unlistedFailures = 0;
  let count = 0;
  let alreadyDone = 0;
  let interrupted = false;

  function fail(status: Failure["status"], sync: string, book: BookRef, outcome: Outcome): void {
    if (failures.length >= failuresListed) {
      unlistedFailures++;
      return;
    }
    const { action, key, displayName } = outcome.change;
    const { mailbox, folder } = book;
    const { code, message, requestId } = outcome.problem ?? { code: status, message: "", requestId: "" };
    failures.push({ status, sync, mailbox, folder, action, key, displayName, code, message, requestId });
  }

  return {
    add(sync, book, outcome) {
      count++;
      switch (outcome.status) {
        case "done":
          summary[countOf[outcome.change.action]]++;
          return;
        case "already-done":
          alreadyDone++;
          return;
        case "failed":
          summary.failed++;
          fail("failed", sync, book, outcome);
          return;
        case "stale":
          summary.skipped++;
          fail("stale", sync, book, outcome);
          return;
        case "skipped":
          summary.skipped++;
          interrupted ||= outcome.problem?.code === interruptedCode;
          return;
      }
    },
    count: () => count,
    result: () => ({
      summary: { ...summary },
      failures: [...failures],
      unlistedFailures,
      alreadyDone,
      interrupted,
    }),
  };
}
