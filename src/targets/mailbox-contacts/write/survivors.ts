import { GraphError } from "../../../http/graph/graph.ts";
import type { Change, DeleteChange, Outcome, Survivor } from "../../../model/plan.ts";
import { contactsWithKeys } from "./look-up.ts";
import type { LookUp } from "./look-up.ts";
import { failed } from "../../outcomes.ts";
import { refusedBy, staleAlone } from "../outcomes.ts";

type DuplicateDelete = DeleteChange & { readonly survivor: Survivor };

/**
 * Changes in batches of at most so many. Duplicates come after all else, in batches of their own: what makes their
 * survivors, or gives them their key, must have been made before it is looked whether they are there.
 */
export function batchesOf(changes: readonly Change[], size: number): readonly (readonly Change[])[] {
  const others = changes.filter((change) => !isDuplicate(change));
  return [others, changes.filter(isDuplicate)].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / size) }, (_, at) => some.slice(at * size, (at + 1) * size)),
  );
}

/**
 * The contacts that changes delete, none of which can be what stays. One that turns out not to be deleted is among them,
 * so that in doubt a duplicate is left.
 */
export function deletedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap((change) => (change.action === "delete" ? [change.live.id] : [])));
}

/**
 * How those duplicates end that must not be deleted, since the contact that should stay is not in the book: deleted
 * since the plan, or not made. It is looked for in the folder, as one in the deleted items still has its id.
 *
 * @param changes - at most 20
 * @param deleted - ids of all contacts that the run deletes in the mailbox, not in these changes alone
 * @throws {GraphError} when no contact of the mailbox can be read
 */
export async function withoutSurvivor(
  query: LookUp,
  changes: readonly Change[],
  deleted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const duplicates = changes.filter(isDuplicate);
  const keys = duplicates.map(({ survivor }) => survivor.key);
  const found = await contactsWithKeys(query, keys, signal);
  return duplicates.flatMap((change, index) => {
    const contacts = found[index] ?? [];
    if (contacts instanceof GraphError) return [failed(change, refusedBy(contacts))];
    const { id } = change.survivor;
    const isThere = contacts.some((one) => !deleted.has(one.id) && (id === null || one.id === id));
    return isThere ? [] : [staleAlone(change)];
  });
}

export function isDuplicate(change: Change): change is DuplicateDelete {
  return change.action === "delete" && change.survivor !== undefined;
}
