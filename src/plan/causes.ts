import type { FieldChange } from "../model/contact.ts";
import type { Cause, Change } from "../model/plan.ts";
import { sameFieldValue } from "../model/values.ts";
import { isHiding } from "./leaving.ts";
import { isMade } from "./is-made.ts";

/** The changes of one book with their causes, and those that only the base config would make. */
export interface Caused {
  readonly changes: readonly Change[];
  readonly dropped: readonly Change[];
}

/**
 * Tells who brought about the changes of a book.
 *
 * @param base - what the base config would do in the same book as it is now
 */
export function withCauses(changes: readonly Change[], base: readonly Change[]): Caused {
  const byContact = new Map(base.map((change) => [contactOf(change), change]));
  const touched = new Set(changes.filter(isMade).map(contactOf));
  return {
    changes: changes.map((change) => ({ ...change, cause: causeOf(change, byContact) })),
    dropped: base.filter((change) => isMade(change) && !touched.has(contactOf(change))),
  };
}

/**
 * The base makes a change, too, where it does the same to the same contact. Whom it creates, too, did not join by this
 * change, whatever is written into his contact; a contact that somebody edited would be repaired without this change, so
 * that drift is never lost among what else this change writes. Any other update is the same only with the same result:
 * what this change adds to it is put down to it.
 */
function causeOf(change: Change, base: ReadonlyMap<string, Change>): Cause {
  const other = base.get(contactOf(change));
  if (other === undefined || !isSameAction(change, other)) return "this-change";
  if (isRepair(change) && isRepair(other)) return "drift";
  // What a delete loses depends on the fields that a config reads; gone is gone.
  const isAny = change.action === "create" || change.action === "delete";
  return isAny || sameResult(change.fields, other.fields) ? "pending" : "this-change";
}

function isRepair({ reason }: Change): boolean {
  return reason === "edited" || reason === "both";
}

/**
 * What a change is about: the live contact, or the person whose contact is missing. Of one contact some fields may be
 * changed while others are kept, which are two changes.
 */
function contactOf(change: Change): string {
  const what = change.action === "create" ? `new ${change.key}` : `live ${change.live.id}`;
  return isMade(change) ? what : `withheld ${what}`;
}

function isSameAction(one: Change, other: Change): boolean {
  return (
    one.action === other.action &&
    one.key === other.key &&
    isMade(one) === isMade(other) &&
    isHiding(one) === isHiding(other)
  );
}

function sameResult(one: readonly FieldChange[], other: readonly FieldChange[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ field, after }, i) => field === other[i]?.field && sameFieldValue(after, other[i]?.after ?? null),
    )
  );
}
