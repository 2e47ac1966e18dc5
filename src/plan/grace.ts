import { contactFieldNames } from "../model/contact-fields.ts";
import type { FieldChange, LiveContact } from "../model/contact.ts";
import { hasNote, hiddenBefore, withNote } from "../model/digest.ts";

/** What becomes of a contact whose person left, when contacts are hidden before they are deleted. */
type GraceStep =
  | { readonly kind: "hide"; readonly hiddenSince: string; readonly reason: "grace-started" | "edited" }
  | { readonly kind: "wait" }
  | { readonly kind: "delete" };

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Hidden first, deleted after so many whole days. What somebody shows again meanwhile is hidden again, and its days go on.
 * A date that cannot be read, or lies ahead, counts from today: too long a grace harms nobody.
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

/**
 * The digest of a contact that is hidden for its grace: with a note where it was hidden already, so that who returns is
 * not shown to whom an administrator had hidden him from.
 */
export function digestInGrace({ marker, fields }: LiveContact): string {
  const digest = marker?.digest ?? "";
  const isNoted = (marker?.hiddenSince ?? "") !== "";
  return fields.hidden === true && !isNoted ? withNote(digest, hiddenBefore) : digest;
}

/** The contact without what galops did to it when its person left. What somebody did to it since stays. */
export function asBeforeGrace(live: LiveContact): LiveContact {
  const { marker, fields } = live;
  const isOwnDoing = fields.hidden === true && !hasNote(marker?.digest ?? "", hiddenBefore);
  return isOwnDoing ? { ...live, fields: { ...fields, hidden: false } } : live;
}

/**
 * The changes that bring a person back: those of its fields, and that the contact is shown again unless it was hidden
 * before he left.
 *
 * @param changes - to `before`
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
