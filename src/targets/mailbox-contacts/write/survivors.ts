import { GraphError } from "../../../http/graph/graph.ts";
import type { Change, DeleteChange, Outcome, Survivor } from "../../../model/plan.ts";
import { isReleased } from "../../../model/user-copy.ts";
import { contactsWithKeys } from "./look-up.ts";
import type { LookUp } from "./look-up.ts";
import { failed } from "../../outcomes.ts";
import { refusedBy, staleAlone, staleCopied } from "../outcomes.ts";

type DuplicateDelete = DeleteChange & { readonly survivor: Survivor };

/**
 * Splits changes into batches of at most `size`. Releases of copies come first and deletes of duplicates last, in
 * separate batches: changes that create the survivors or set their keys must be made before survivors are searched.
 */
export function batchesOf(changes: readonly Change[], size: number): readonly (readonly Change[])[] {
  const others = changes.filter((change) => !isDuplicate(change) && !isRelease(change));
  return [changes.filter(isRelease), others, changes.filter(isDuplicate)].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / size) }, (_, at) => some.slice(at * size, (at + 1) * size)),
  );
}

/**
 * Ids of the contacts that changes should delete, none of which can be a survivor. Contacts whose delete fails are
 * included, so that in doubt a duplicate is kept.
 */
export function deletedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap((change) => (change.action === "delete" ? [change.live.id] : [])));
}

/**
 * Outcomes of the duplicates that must not be deleted, because their survivor is not in the book: it was deleted since
 * the plan, or was not created. Survivors are searched in the folder, because one in the deleted items keeps its id.
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
 * Outcomes of the deletes that must not be made, because a copy of the contact could not be released: without the
 * original the copy could not be recognized as one.
 *
 * @param kept - keys of such copies
 */
export function withoutRelease(changes: readonly Change[], kept: ReadonlySet<string>): readonly Outcome[] {
  return changes.flatMap((change) =>
    change.action === "delete" && kept.has(change.key) ? [staleCopied(change)] : [],
  );
}

/** Ids of the contacts that move: they are created in the book's place and deleted in their old one. */
export function movedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) => (isDuplicate(change) && change.survivor.id === null ? [change.live.id] : [])),
  );
}

/** Whether a change only marks a copy as the user's own. */
export function isRelease(change: Change): boolean {
  return change.action === "update" && isReleased(change.desired);
}

function isDuplicate(change: Change): change is DuplicateDelete {
  return change.action === "delete" && change.survivor !== undefined;
}
