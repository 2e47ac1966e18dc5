import type { ContactField, FieldPolicy } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { DesiredContact, FieldChange, FieldValue, LiveContact } from "../model/contact.ts";
import { decodeDigest } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Reason } from "../model/plan.ts";
import { emptyValue, isEmpty, sameField } from "../model/values.ts";

/** The fields that must be written to make live as desired, and who made them differ. */
export interface Difference {
  /** In table order; empty when nothing is to be written. */
  readonly fields: readonly FieldChange[];
  readonly reason: Reason;
}

export interface FieldRules {
  readonly fieldPolicy: (field: ContactField) => FieldPolicy;
  readonly hash: HashValue;
}

const nothing: Difference = { fields: [], reason: "source-changed" };
const none: readonly ContactField[] = [];
const noFields: ReadonlyMap<ContactField, string> = new Map();

/**
 * Compares a contact of ours with what it should be. Fields that desired leaves out are left alone.
 *
 * Only what people can see counts: a marker that is behind while all fields are right is no difference.
 */
export function differenceOf(desired: DesiredContact, live: LiveContact, rules: FieldRules): Difference {
  const differing = differingFields(desired, live);
  if (differing.length === 0) return nothing;
  const recorded = live.marker === null ? noFields : decodeDigest(live.marker.digest);
  const fields: FieldChange[] = [];
  let edited = false;
  let sourceChanged = false;
  for (const field of differing) {
    const before = liveValue(field, live);
    const after = desired.fields[field] ?? emptyValue(field);
    const written = recorded.get(field);
    if (isKept(field, before, { written, ...rules })) continue;
    fields.push({ field, before, after });
    // The photo's marker is what galops wrote; what the user did to the picture itself is not known.
    const isEdited = field !== "photo" && written !== undefined && rules.hash(before) !== written;
    const isChanged = written === undefined || rules.hash(after) !== written || !isEdited;
    edited ||= isEdited;
    sourceChanged ||= isChanged;
  }
  if (edited && sourceChanged) return { fields, reason: "both" };
  return { fields, reason: edited ? "edited" : "source-changed" };
}

/** What a new contact gets: every field that is not empty, in table order. */
export function createdFields(desired: DesiredContact): readonly FieldChange[] {
  return contactFieldNames.flatMap((field) => {
    const after = desired.fields[field];
    return after === undefined || isEmpty(after) ? [] : [{ field, before: null, after }];
  });
}

/** What is lost with a contact: every field that was read and is not empty, in table order. */
export function deletedFields(live: LiveContact): readonly FieldChange[] {
  return contactFieldNames.flatMap((field) => {
    const before = liveValue(field, live);
    return isEmpty(before) ? [] : [{ field, before, after: null }];
  });
}

/**
 * In table order. A plan without changes runs this for every contact of every mailbox, so it goes over the fields
 * that there are, which takes half the time of asking for each field that there could be.
 */
function differingFields(desired: DesiredContact, live: LiveContact): readonly ContactField[] {
  let differing: Set<ContactField> | null = null;
  // Its keys are contact fields by type.
  for (const field of Object.keys(desired.fields) as ContactField[]) {
    const after = desired.fields[field];
    if (after !== undefined && differs(field, after, live)) (differing ??= new Set()).add(field);
  }
  return differing === null ? none : contactFieldNames.filter((field) => differing.has(field));
}

function differs(field: ContactField, after: FieldValue, live: LiveContact): boolean {
  // Graph has no way to delete a contact's photo.
  if (field === "photo" && after === "") return false;
  return !sameField(field, after, liveValue(field, live));
}

/** A contact's photo is known by what its marker says of it: reading and comparing pictures would cost too much. */
function liveValue(field: ContactField, live: LiveContact): FieldValue {
  if (field === "photo") return live.marker?.photo ?? "";
  return live.fields[field] ?? emptyValue(field);
}

/** Whether the field's policy leaves a value that differs as it is. */
function isKept(
  field: ContactField,
  before: FieldValue,
  rules: FieldRules & { readonly written: string | undefined },
): boolean {
  const policy = rules.fieldPolicy(field);
  if (policy === "create-only") return true;
  if (policy === "fill") return !isEmpty(before);
  if (policy !== "keep-edits" || field === "photo") return false;
  // What stands in a field that galops never wrote is somebody's own.
  return rules.written === undefined ? !isEmpty(before) : rules.hash(before) !== rules.written;
}
