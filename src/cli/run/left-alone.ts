import { failuresListed } from "../../apply/tally-outcomes.ts";
import type { ApplyResult, Failure } from "../../model/apply-result.ts";
import type { PlanRecord } from "../../model/plan.ts";
import { isMade } from "../../plan/is-made.ts";

/** The result of a rollback with the changes that its plan leaves alone: so much of the run is not undone, and why. */
export async function withLeftAlone(
  result: ApplyResult,
  records: AsyncIterable<PlanRecord>,
): Promise<ApplyResult> {
  const failures = [...result.failures];
  let count = 0;
  for await (const record of records) {
    if (record.type !== "book") continue;
    const { sync, book, changes } = record;
    for (const { action, key, displayName, withheld } of changes.filter((change) => !isMade(change))) {
      count++;
      if (failures.length >= failuresListed) continue;
      const { mailbox, folder } = book;
      const why = { code: "left-alone", message: withheld ?? "", requestId: "" };
      failures.push({
        status: "withheld",
        sync,
        mailbox,
        folder,
        action,
        key,
        displayName,
        ...why,
      } satisfies Failure);
    }
  }
  const { summary, unlistedFailures } = result;
  return {
    ...result,
    summary: { ...summary, skipped: summary.skipped + count },
    failures,
    unlistedFailures: unlistedFailures + count - (failures.length - result.failures.length),
  };
}
