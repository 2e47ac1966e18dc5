import type { FieldChange } from "../model/contact.ts";
import type { Cause, Change } from "../model/plan.ts";
import { sameFieldValue } from "../model/values.ts";
import { isHiding } from "./leaving.ts";

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

function causeOf(change: Change, base: ReadonlyMap<string, Change>): Cause {
  const other = base.get(contactOf(change));
  if (other === undefined || !isSame(change, other)) return "this-change";
  return change.reason === "edited" || change.reason === "both" ? "drift" : "pending";
}

/**
 * What a change is about: the live contact, or the person whose contact is missing. Of one contact some fields may be
 * changed while others are kept, which are two changes.
 */
function contactOf(change: Change): string {
  const what = change.action === "create" ? `new ${change.key}` : `live ${change.live.id}`;
  return isMade(change) ? what : `withheld ${what}`;
}

function isMade({ withheld }: Change): boolean {
  return withheld === null;
}

/** What a delete loses depends on the fields that a config reads; gone is gone. */
function isSame(one: Change, other: Change): boolean {
  return (
    one.action === other.action &&
    one.key === other.key &&
    isMade(one) === isMade(other) &&
    isHiding(one) === isHiding(other) &&
    (one.action === "delete" || sameResult(one.fields, other.fields))
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
