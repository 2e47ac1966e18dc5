import type { DesiredContact, FieldChange, LiveContact } from "../model/contact.ts";

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

/** The day on which a grace of so many days ends. @param since - `YYYY-MM-DD` */
export function endOfGrace(since: string, days: number): string {
  return new Date(Date.parse(since) + days * dayMs).toISOString().slice(0, 10);
}

/** The changes that bring a person back: those of its fields, and that the contact is shown again. */
export function restored(
  changes: readonly FieldChange[],
  desired: DesiredContact,
  { fields }: LiveContact,
): readonly FieldChange[] {
  const isSettled = desired.fields.hidden !== undefined || fields.hidden !== true;
  return isSettled ? changes : [...changes, { field: "hidden", before: true, after: false }];
}
