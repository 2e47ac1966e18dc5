import type { ApplySummary, Failure } from "../model/apply-result.ts";
import type { BookRef } from "../model/book.ts";
import { interruptedCode } from "../model/plan.ts";
import type { Action, BookRename, Outcome } from "../model/plan.ts";

/** Maximum number of failures that a result lists; the rest is counted. */
export const failuresListed = 10_000;

const countOf = {
  create: "created",
  update: "updated",
  delete: "deleted",
  adopt: "adopted",
} as const satisfies Record<Action, keyof ApplySummary>;

export interface OutcomeTally {
  add(sync: string, book: BookRef, outcome: Outcome): void;
  /** Adds the outcome of a rename. */
  addRename(sync: string, book: BookRef, rename: BookRename, outcome: Omit<Outcome, "change">): void;
  /** Number of outcomes so far. */
  count(): number;
  result(): {
    readonly summary: ApplySummary;
    readonly failures: readonly Failure[];
    readonly unlistedFailures: number;
    readonly alreadyDone: number;
    /** Whether a change was not begun because of a signal. */
    readonly interrupted: boolean;
  };
}

type Made = Exclude<keyof ApplySummary, "failed" | "skipped">;
type Failed = Omit<Failure, "status" | "code" | "message" | "requestId">;

export function createOutcomeTally(): OutcomeTally {
  const summary = { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0, renamed: 0 };
  const failures: Failure[] = [];
  let unlistedFailures = 0;
  let count = 0;
  let alreadyDone = 0;
  let interrupted = false;

  function fail(status: Failure["status"], failure: Omit<Failure, "status">): void {
    if (failures.length >= failuresListed) unlistedFailures++;
    else failures.push({ status, ...failure });
  }

  function addOutcome({ status, problem }: Omit<Outcome, "change">, made: Made, of: Failed): void {
    count++;
    const { code, message, requestId } = problem ?? { code: status, message: "", requestId: "" };
    switch (status) {
      case "done":
        summary[made]++;
        return;
      case "already-done":
        alreadyDone++;
        return;
      case "failed":
        summary.failed++;
        fail("failed", { ...of, code, message, requestId });
        return;
      case "stale":
        summary.skipped++;
        fail("stale", { ...of, code, message, requestId });
        return;
      case "skipped":
        summary.skipped++;
        interrupted ||= code === interruptedCode;
        return;
    }
  }

  return {
    add(sync, { mailbox, folder }, outcome) {
      const { action, key, displayName } = outcome.change;
      addOutcome(outcome, countOf[action], { sync, mailbox, folder, action, key, displayName });
    },
    addRename(sync, { mailbox, folder }, { from }, outcome) {
      const displayName = folder ?? from;
      addOutcome(outcome, "renamed", { sync, mailbox, folder, action: "rename", key: "", displayName });
    },
    count: () => count,
    result: () => ({
      summary: withoutRenames(summary),
      failures: [...failures],
      unlistedFailures,
      alreadyDone,
      interrupted,
    }),
  };
}

function withoutRenames({ renamed, ...contacts }: Required<ApplySummary>): ApplySummary {
  return renamed === 0 ? contacts : { ...contacts, renamed };
}
