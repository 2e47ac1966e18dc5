import type { Deletion } from "../model/config.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { FieldChange, LiveContact } from "../model/contact.ts";
import { daysLater } from "../model/day.ts";
import { hasNote, hiddenBefore, withNote } from "../model/digest.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Waiting } from "../model/plan.ts";

/** The next step for a contact whose person left, when contacts are hidden before they are deleted. */
type GraceStep =
  | { readonly kind: "hide"; readonly hiddenSince: string; readonly reason: "grace-started" | "edited" }
  | { readonly kind: "wait" }
  | { readonly kind: "delete" };

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Determines the next step of a grace: the contact is hidden first and deleted after `days` whole days. If somebody
 * shows it again in the meantime, it is hidden again without restarting the grace. If its date is unreadable or in the
 * future, the grace restarts today, because too long a grace does no harm.
 *
 * @param today - `YYYY-MM-DD`, UTC
 */
export function afterGrace({ marker, fields }: LiveContact, days: number, today: string): GraceStep {
  const hiddenSince = marker?.hiddenSince ?? "";
  if (hiddenSince === "") return { kind: "hide", hiddenSince: today, reason: "grace-started" };
  const passed = (Date.parse(today) - Date.parse(hiddenSince)) / dayMs;
  if (!(passed >= 0)) return { kind: "hide", hiddenSince: today, reason: "grace-started" };
  if (passed >= days) return { kind: "delete" };
  return fields.hidden === true ? { kind: "wait" } : { kind: "hide", hiddenSince, reason: "edited" };
}

/** Which contacts of people who left are hidden and wait; null for none. */
export function waitingIn(gone: readonly LiveContact[], deletion: Deletion, today: string): Waiting | null {
  if (deletion.kind === "now") return null;
  const days = gone
    .filter((live) => afterGrace(live, deletion.days, today).kind === "wait")
    .map(({ marker }) => daysLater(marker?.hiddenSince ?? "", deletion.days))
    .toSorted(byCodeUnit);
  const [firstDeletion, lastDeletion] = [days[0], days.at(-1)];
  if (firstDeletion === undefined || lastDeletion === undefined) return null;
  return { contacts: days.length, firstDeletion, lastDeletion };
}

/**
 * The digest of a contact that is hidden for its grace. It notes if the contact was hidden before, so that a contact
 * that an administrator had hidden stays hidden when its person returns.
 */
export function digestInGrace({ marker, fields }: LiveContact): string {
  const digest = marker?.digest ?? "";
  const isNoted = (marker?.hiddenSince ?? "") !== "";
  return fields.hidden === true && !isNoted ? withNote(digest, hiddenBefore) : digest;
}

/** The contact as it was before galops hid it for its grace. Later edits by others are kept. */
export function asBeforeGrace(live: LiveContact): LiveContact {
  const { marker, fields } = live;
  const isOwnDoing = fields.hidden === true && !hasNote(marker?.digest ?? "", hiddenBefore);
  return isOwnDoing ? { ...live, fields: { ...fields, hidden: false } } : live;
}

/**
 * The changes for a person who returns during the grace: field changes, and showing the contact again unless it was
 * hidden before the person left.
 *
 * @param changes - field changes relative to `before`
 * @param before - the live contact as it was before its grace
 */
export function broughtBack(
  changes: readonly FieldChange[],
  before: LiveContact,
  live: LiveContact,
): readonly FieldChange[] {
  const isHidden = live.fields.hidden ?? false;
  const shallBe = changes.find(({ field }) => field === "hidden")?.after ?? before.fields.hidden ?? false;
  const others = changes.filter(({ field }) => field !== "hidden");
  if (shallBe === isHidden) return others;
  const all: readonly FieldChange[] = [...others, { field: "hidden", before: isHidden, after: shallBe }];
  return contactFieldNames.flatMap((name) => all.find(({ field }) => field === name) ?? []);
}
