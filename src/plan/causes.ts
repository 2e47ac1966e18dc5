import type { FieldChange } from "../model/contact.ts";
import type { Cause, Change } from "../model/plan.ts";
import { sameFieldValue } from "../model/values.ts";
import { isHiding } from "./leaving.ts";
import { isMade } from "./is-made.ts";

/** The changes of one book with their causes, and the changes that only the base config would make. */
export interface Caused {
  readonly changes: readonly Change[];
  readonly dropped: readonly Change[];
}

/**
 * Adds to each change of a book what caused it.
 *
 * @param base - changes that the base config would make in the same live book
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
 * A change is not caused by this config change when the base config would make it, too. Creates match by person,
 * whatever the fields: the person did not join because of this change. Repairs of edited contacts match whatever else
 * is written, so that drift is never hidden. All other updates match only with the same result.
 */
function causeOf(change: Change, base: ReadonlyMap<string, Change>): Cause {
  const other = base.get(contactOf(change));
  if (other === undefined || !isSameAction(change, other)) return "this-change";
  if (isRepair(change) && isRepair(other)) return "drift";
  // The fields listed in a delete depend on which fields the config reads, but the effect is the same.
  const isAny = change.action === "create" || change.action === "delete";
  return isAny || sameResult(change.fields, other.fields) ? "pending" : "this-change";
}

function isRepair({ reason }: Change): boolean {
  return reason === "edited" || reason === "both";
}

/**
 * Identifies what a change is about: the live contact, or the person whose contact is missing. One contact can have two
 * changes, one that is made and one that is withheld.
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
