import { GraphError } from "../../../http/graph/graph.ts";
import type { Change, DeleteChange, Outcome, Survivor } from "../../../model/plan.ts";
import { isReleased } from "../../../model/user-copy.ts";
import { contactsWithKeys } from "./look-up.ts";
import type { LookUp } from "./look-up.ts";
import { failed } from "../../outcomes.ts";
import { refusedBy, staleAlone, staleCopied } from "../outcomes.ts";

type DuplicateDelete = DeleteChange & { readonly survivor: Survivor };

/**
 * Changes in batches of at most so many. Releases of copies come before all else, duplicates after it, in batches of their
 * own: what makes their survivors, or gives them their key, must have been made before it is looked whether they are
 * there.
 */
export function batchesOf(changes: readonly Change[], size: number): readonly (readonly Change[])[] {
  const others = changes.filter((change) => !isDuplicate(change) && !isRelease(change));
  return [changes.filter(isRelease), others, changes.filter(isDuplicate)].flatMap((some) =>
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

/**
 * How deletes end that must wait, since a copy of the contact could not be released: once it is alone, nothing tells it
 * from what is to be deleted.
 *
 * @param kept - keys of such copies
 */
export function withoutRelease(changes: readonly Change[], kept: ReadonlySet<string>): readonly Outcome[] {
  return changes.flatMap((change) =>
    change.action === "delete" && kept.has(change.key) ? [staleCopied(change)] : [],
  );
}

/** Ids of the contacts that are made anew in the book's place, and are deleted where they were. */
export function movedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => (isDuplicate(change) && change.survivor.id === null ? [change.live.id] : [])),
  );
}

/** Whether a change only marks a copy as its user's own. */
export function isRelease(change: Change): boolean {
  return change.action === "update" && isReleased(change.desired);
}

function isDuplicate(change: Change): change is DuplicateDelete {
  return change.action === "delete" && change.survivor !== undefined;
}
