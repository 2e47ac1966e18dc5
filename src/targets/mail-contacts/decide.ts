import type { MailContactsSync } from "../../model/config.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { DeleteChange, Outcome, UpdateChange } from "../../model/plan.ts";
import { emptyValue, sameField } from "../../model/values.ts";
import { done, stale } from "./outcomes.ts";

/**
 * What is left to do of a change, now that its contact was read again: it is made only where the contact is still as
 * planned, and still within both fences. Null: make it.
 *
 * @param current - undefined where the contact is gone
 */
export function settledAlready(
  change: UpdateChange | DeleteChange,
  current: LiveContact | undefined,
  sync: MailContactsSync,
): Outcome | null {
  if (current === undefined) return change.action === "delete" ? done(change) : stale(change, "contact-gone");
  if (current.version !== change.live.version) {
    return change.action !== "delete" && isAsDesired(change, current)
      ? done(change)
      : stale(change, "contact-changed");
  }
  return isOurs(current, sync) ? null : stale(change, "contact-not-owned");
}

/** An earlier run, or another one, did it: the fields are as they should be, and the stamp says so. */
function isAsDesired({ fields, desired, hiddenSince = "" }: UpdateChange, current: LiveContact): boolean {
  const { marker } = current;
  if (marker?.key !== desired.key || marker.digest !== desired.digest) return false;
  if (marker.hiddenSince !== hiddenSince) return false;
  return fields.every(({ field, after }) => {
    // Who the manager is was read by name, and the digest has him.
    if (field === "manager") return true;
    return sameField(field, current.fields[field] ?? emptyValue(field), after ?? emptyValue(field));
  });
}

/** Both fences, asked again right before a write: the address in an owned domain, and our stamp (or none, if all is ours). */
function isOurs({ marker, untouchable, fields }: LiveContact, { owner, to }: MailContactsSync): boolean {
  if (untouchable !== null) return false;
  if (marker !== null) return marker.owner === owner;
  return to.control === "complete" || /^galops-/i.test(fields.alias ?? "");
}
