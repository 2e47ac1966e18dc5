import type { DesiredContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Change } from "../model/plan.ts";
import type { Conflict, Target } from "../model/target.ts";
import type { BookDiff } from "../plan/diff-book.ts";
import { byKeyAndId } from "../plan/change-order.ts";

/** Asks the target which changes it could not make, leaving out those withheld already. @throws {BookError} */
export async function conflictsOf(
  changes: readonly Change[],
  target: Target,
  signal: AbortSignal,
): Promise<readonly Conflict[]> {
  const makeable = changes.filter(({ withheld }) => withheld === null);
  return makeable.length === 0 ? [] : await target.conflicts(makeable, signal);
}

/**
 * Keeps the live value of each field that is in conflict, so that the other fields of the contact can be changed.
 *
 * @returns `desired` itself when no conflict is about a single field
 */
export function withFieldsKept(
  desired: readonly DesiredContact[],
  conflicts: readonly Conflict[],
  hash: HashValue,
): readonly DesiredContact[] {
  const kept = new Map(conflicts.flatMap((conflict) => [keptIn(conflict)].filter((one) => one !== null)));
  if (kept.size === 0) return desired;
  return desired.map((contact) => {
    const fields = { ...contact.fields, ...kept.get(contact.key) };
    return kept.has(contact.key) ? { ...contact, fields, digest: encodeDigest(fields, hash) } : contact;
  });
}

function keptIn({ change, field }: Conflict): readonly [string, object] | null {
  const before = change.fields.find((one) => one.field === field)?.before ?? null;
  return field === null || before === null ? null : [change.key, { [field]: before }];
}

/**
 * Withholds the changes in conflict. For a conflict about one field only that field is withheld.
 *
 * @param diff - the current one, which may be newer than the conflicts if `withFieldsKept` changed what is desired
 */
export function withConflicts(diff: BookDiff, conflicts: readonly Conflict[]): BookDiff {
  if (conflicts.length === 0) return diff;
  const parts = conflicts.filter((conflict) => keptIn(conflict) !== null);
  const others = new Set(diff.changes.map(nameOf));
  const changes = withReasons(
    diff.changes,
    conflicts.filter((conflict) => !parts.includes(conflict)),
  );
  const withheld = parts.map(({ change, field, reason }) => ({
    ...change,
    fields: change.fields.filter((one) => one.field === field),
    withheld: reason,
  }));
  return {
    ...diff,
    changes: [...changes, ...withheld].toSorted(byKeyAndId),
    unchanged: diff.unchanged - withheld.filter((change) => !others.has(nameOf(change))).length,
  };
}

/** Withholds each change in conflict as a whole, even if the conflict is about one field. */
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
