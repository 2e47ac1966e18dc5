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
 * What is left to do of a change, now that its contact was read again: it is made only where the contact is still as
 * planned, and still within both fences. Null: make it.
 *
 * @param contacts - by id, without those that are gone
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
 * What is left to do of a create whose contact was there already: of one that bears our stamp another run, or this
 * plan before, made all of it, and whoever changed it since is not overruled. Null: it was begun, and is to be completed.
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
 * Whether somebody gave the contact another manager than the one whom the change knows of; the version does not have him.
 * One who has none now is no reason: Exchange takes managers away when their own contacts are deleted.
 */
function hasNewManager({ fields }: UpdateChange | DeleteChange, current: LiveContact): boolean {
  const planned = fields.find(({ field }) => field === "manager");
  const manager = current.fields.manager ?? "";
  return planned !== undefined && manager !== "" && manager !== (planned.before ?? "");
}

/** An earlier run, or another one, did it: the fields are as they should be, and the stamp says so. */
function isAsDesired(
  change: CreateChange | UpdateChange,
  current: LiveContact,
  sync: MailContactsSync,
): boolean {
  const { marker } = current;
  if (!isStampedAs(markerFor(change, sync), marker)) return false;
  return holds(current, wantedFields(change));
}

/** Whether it is the stamp that a change writes. */
function isStampedAs(wanted: Marker | null, marker: Marker | null): boolean {
  const names = ["owner", "key", "digest", "hiddenSince"] as const;
  return names.every((name) => wanted?.[name] === marker?.[name]);
}

function holds(current: LiveContact, wanted: readonly WantedField[]): boolean {
  return wanted.every(
    // Who the manager is was read by name, and the digest has him.
    ([field, value]) =>
      field === "manager" || sameField(field, current.fields[field] ?? emptyValue(field), value),
  );
}

/**
 * A duplicate that has become the only contact of its person, since the one that should have stayed is gone, or is one
 * that the plan was to make: of that nobody has looked whether it is there.
 */
function isAlone(change: UpdateChange | DeleteChange, contacts: ReadonlyMap<string, LiveContact>): boolean {
  if (change.action !== "delete" || change.survivor === undefined) return false;
  const { id } = change.survivor;
  return id === null || !contacts.has(id);
}

/**
 * Both fences, asked again right before a write: the address in an owned domain, and our stamp. Whatever its stamp it
 * is ours where the sync controls all of the domain; without any, where a run of ours was cut off before it could stamp it.
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

/** The alias that shows a contact without a stamp to be ours, as planned; "" where nothing but the stamp does. */
function aliasFor(change: UpdateChange | DeleteChange): string {
  if (change.action === "update") return "";
  if (change.action === "adopt") return change.desired.fields.alias ?? "";
  // Only what undoes a run deletes such a contact, after it has compared it with what the run was to make.
  const alias = change.fields.find(({ field }) => field === "alias")?.before;
  return typeof alias === "string" && isGalopsAlias(alias) ? alias.toLowerCase() : "";
}
