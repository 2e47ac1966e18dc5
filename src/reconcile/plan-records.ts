import type { SyncConfig } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { BookPlan, BookRecord, PlanEnd, PlanHeader, SyncRecord } from "../model/plan.ts";
import { checkLimits } from "../plan/limits.ts";
import type { SyncFacts } from "../plan/limits.ts";
import { createPlanId } from "../plan-format/plan-id.ts";
import { createSummary } from "../plan/summary.ts";
import { createTally } from "../plan/tally.ts";
import type { Notes } from "./notes.ts";
import type { PlanInput } from "./plan-input.ts";

/** The plan of a book, and what limits and forecast need besides. */
export interface PlannedBook {
  readonly plan: BookPlan;
  /** The contacts that the sync should have there; empty when the book has a problem. */
  readonly desired: readonly DesiredContact[];
  /** Minimum duration of its writes in seconds; null when no rate limit applies. */
  readonly forecastSeconds: number | null;
}

/** Makes the records of a plan. Call its methods in plan order, because `end` contains counts of all records. */
export interface PlanRecords {
  header(mailboxes: PlanHeader["mailboxes"]): PlanHeader;
  sync(sync: SyncConfig): SyncRecord;
  book(sync: SyncConfig, planned: PlannedBook): BookRecord;
  /** @param syncs - the syncs to check limits for */
  end(syncs: readonly SyncFacts[]): PlanEnd;
}

/** @param notes - receives the problems of books, and provides the diagnostics of the plan */
export function createPlanRecords(
  { configDigest, clock, allowances }: Pick<PlanInput, "configDigest" | "clock" | "allowances">,
  notes: Notes,
): PlanRecords {
  const planId = createPlanId();
  const summary = createSummary();
  const tally = createTally();
  let slowest: number | null = null;
  return {
    header(mailboxes) {
      const createdAt = new Date(clock.now()).toISOString();
      return { type: "plan", configDigest, createdAt, allowances, mailboxes };
    },
    sync({ name, to, owner }) {
      const record: SyncRecord = { type: "sync", name, kind: to.kind, tenant: to.tenant, owner };
      planId.add(record);
      return record;
    },
    book({ name }, { plan, desired, forecastSeconds }) {
      const record: BookRecord = { type: "book", sync: name, ...plan };
      planId.add(record);
      summary.add(plan);
      tally.add(name, plan, desired);
      // Books are written in parallel, so the slowest one counts.
      if (forecastSeconds !== null) slowest = Math.max(slowest ?? 0, forecastSeconds);
      if (plan.problem !== null) notes.addBook(name, plan.book.mailbox, plan.problem);
      return record;
    },
    end(syncs) {
      return {
        type: "end",
        id: planId.id(),
        summary: summary.summary(),
        diagnostics: notes.all(),
        refusals: checkLimits(tally, syncs, allowances),
        forecastSeconds: slowest,
      };
    },
  };
}
