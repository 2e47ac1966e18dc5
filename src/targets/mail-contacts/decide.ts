import type { MailContactsSync } from "../../model/config.ts";
import type { LiveContact, Marker } from "../../model/contact.ts";
import type { CreateChange, DeleteChange, Outcome, UpdateChange } from "../../model/plan.ts";
import { isGalopsAlias } from "../../model/galops-alias.ts";
import { emptyValue, sameField } from "../../model/values.ts";
import { alreadyDone } from "../outcomes.ts";
import { wantedFields } from "../wanted-fields.ts";
import type { WantedField } from "../wanted-fields.ts";
import { markerFor } from "./marker-for.ts";
import { stale } from "./outcomes.ts";

/**
 * Decides whether a change is settled after its contact was read again. A change is made only if the contact is still
 * as planned and inside both fences.
 *
 * @param contacts - current contacts by id, without deleted ones
 * @returns null when the change should be made
 */
export function settledAlready(
  change: UpdateChange | DeleteChange,
  contacts: ReadonlyMap<string, LiveContact>,
  sync: MailContactsSync,
): Outcome | null {
  const current = contacts.get(change.live.id);
  if (current === undefined) {
    return change.action === "delete" ? alreadyDone(change) : stale(change, "contact-gone");
  }
  if (current.version !== change.live.version || hasNewManager(change, current)) {
    return change.action !== "delete" && isAsDesired(change, current, sync)
      ? alreadyDone(change)
      : stale(change, "contact-changed");
  }
  if (isAlone(change, contacts)) return stale(change, "survivor-gone");
  return isWithinFences(change, current, sync) ? null : stale(change, "contact-not-owned");
}

/**
 * Decides whether a create is settled by a contact that already exists. A contact with our stamp was completed by
 * another run or an earlier apply of this plan, and later edits to it are kept.
 *
 * @returns null when the contact is incomplete and should be completed
 */
export function createdAlready(
  change: CreateChange,
  found: LiveContact,
  sync: MailContactsSync,
): Outcome | null {
  if (found.marker === null) return null;
  return isAsDesired(change, found, sync) ? alreadyDone(change) : stale(change, "contact-changed");
}

/**
 * Whether somebody changed the manager since the plan, which the version does not show. A missing manager does not
 * count, because Exchange removes managers whose own contacts are deleted.
 */
function hasNewManager({ fields }: UpdateChange | DeleteChange, current: LiveContact): boolean {
  const planned = fields.find(({ field }) => field === "manager");
  const manager = current.fields.manager ?? "";
  return planned !== undefined && manager !== "" && manager !== (planned.before ?? "");
}

/** Whether fields and stamp are already as desired, because another run made the change. */
function isAsDesired(
  change: CreateChange | UpdateChange,
  current: LiveContact,
  sync: MailContactsSync,
): boolean {
  const { marker } = current;
  if (!isStampedAs(markerFor(change, sync), marker)) return false;
  return holds(current, wantedFields(change));
}

/** Whether a contact has the stamp that a change writes. */
function isStampedAs(wanted: Marker | null, marker: Marker | null): boolean {
  const names = ["owner", "key", "digest", "hiddenSince"] as const;
  return names.every((name) => wanted?.[name] === marker?.[name]);
}

function holds(current: LiveContact, wanted: readonly WantedField[]): boolean {
  return wanted.every(
    // The manager was read by name and cannot be compared; the digest in the stamp covers it.
    ([field, value]) =>
      field === "manager" || sameField(field, current.fields[field] ?? emptyValue(field), value),
  );
}

/**
 * Whether a duplicate must be kept, because its survivor no longer exists or should have been created by the plan,
 * which is not checked here.
 */
function isAlone(change: UpdateChange | DeleteChange, contacts: ReadonlyMap<string, LiveContact>): boolean {
  if (change.action !== "delete" || change.survivor === undefined) return false;
  const { id } = change.survivor;
  return id === null || !contacts.has(id);
}

/**
 * Checks both fences right before a write: the address in an owned domain, and our stamp. With `control: complete` the
 * stamp does not matter. A contact without a stamp is ours if an interrupted run created it but did not stamp it.
 */
function isWithinFences(
  change: UpdateChange | DeleteChange,
  { marker, untouchable, fields }: LiveContact,
  { owner, to }: MailContactsSync,
): boolean {
  if (untouchable !== null) return false;
  if (to.control === "complete") return true;
  if (marker !== null) return marker.owner === owner;
  const alias = aliasFor(change);
  return alias !== "" && fields.alias?.toLowerCase() === alias;
}

/** The alias by which a contact without a stamp is ours according to the plan; "" when only a stamp counts. */
function aliasFor(change: UpdateChange | DeleteChange): string {
  if (change.action === "update") return "";
  if (change.action === "adopt") return change.desired.fields.alias ?? "";
  // Only a rollback deletes such a contact, after comparing it with what the run intended to create.
  const alias = change.fields.find(({ field }) => field === "alias")?.before;
  return typeof alias === "string" && isGalopsAlias(alias) ? alias.toLowerCase() : "";
}
