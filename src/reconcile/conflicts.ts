import type { Change } from "../model/plan.ts";
import type { Conflict, Target } from "../model/target.ts";

/** Asks the target which of the changes it could not make; only of those that will be made otherwise. @throws {BookError} */
export async function conflictsOf(
  changes: readonly Change[],
  target: Target,
  signal: AbortSignal,
): Promise<readonly Conflict[]> {
  const makeable = changes.filter(({ withheld }) => withheld === null);
  return makeable.length === 0 ? [] : await target.conflicts(makeable, signal);
}

/** The changes, of which those are withheld that are in conflict; they may have been planned anew since. */
export function withReasons(changes: readonly Change[], conflicts: readonly Conflict[]): readonly Change[] {
  if (conflicts.length === 0) return changes;
  const reasons = new Map(conflicts.map(({ change, reason }) => [nameOf(change), reason]));
  return changes.map((change) => ({
    ...change,
    withheld: change.withheld ?? reasons.get(nameOf(change)) ?? null,
  }));
}

function nameOf(change: Change): string {
  return JSON.stringify([change.action, change.key, change.action === "create" ? "" : change.live.id]);
}
