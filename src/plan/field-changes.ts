import type { ContactField, FieldPolicy } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { DesiredContact, FieldChange, FieldValue, LiveContact } from "../model/contact.ts";
import { decodeDigest, unwritten } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Reason } from "../model/plan.ts";
import { emptyValue, isEmpty, sameField } from "../model/values.ts";
import { isHalfMade } from "./match-contacts.ts";

/** Fields that differ, and who made them differ. */
interface Differing {
  /** In table order. */
  readonly fields: readonly FieldChange[];
  readonly reason: Reason;
}

/** The fields that must be written to make live as desired; empty when nothing is to be written. */
export interface Difference extends Differing {
  /** What the policies of fields leave as it is; null where they have nothing to say. */
  readonly kept: Differing | null;
  /**
   * Whether the marker has to be written although no field has: desired has become what its user made of a field, which
   * is his edit no longer.
   */
  readonly isMarkerBehind: boolean;
}

export interface FieldRules {
  readonly fieldPolicy: (field: ContactField) => FieldPolicy;
  readonly hash: HashValue;
}

const nothing: Difference = { fields: [], reason: "source-changed", kept: null, isMarkerBehind: false };
const none: readonly ContactField[] = [];
const noFields: ReadonlyMap<ContactField, string> = new Map();
/** What was found to be as desired last: of many books, readers give the same objects for contacts that say the same. */
const asDesired = new WeakMap<DesiredContact, Pick<LiveContact, "marker" | "fields">>();

/**
 * Compares a contact of ours with what it should be. Fields that desired leaves out are left alone.
 *
 * Only what people can see counts: a marker that is behind while all fields are right is no difference, unless it is
 * the marker that tells edits which shall be kept.
 */
export function differenceOf(desired: DesiredContact, live: LiveContact, rules: FieldRules): Difference {
  const { marker, fields } = live;
  const same = asDesired.get(desired);
  if (same !== undefined && same.fields === fields && same.marker === marker) return nothing;
  const differing = differingFields(desired, live);
  const isMarked = marker !== null && marker.digest === desired.digest;
  if (differing.length === 0 && (isMarked || marker === null)) {
    asDesired.set(desired, { marker, fields });
    return nothing;
  }
  const recorded = live.marker === null ? noFields : decodeDigest(live.marker.digest);
  const written: FieldChange[] = [];
  const kept: FieldChange[] = [];
  const isBegun = isHalfMade(live);
  for (const field of differing) {
    const before = liveValue(field, live);
    const after = desired.fields[field] ?? emptyValue(field);
    const isLeft = isKept(field, before, { written: recorded.get(field), isBegun, ...rules });
    (isLeft ? kept : written).push({ field, before, after });
  }
  return {
    fields: written,
    reason: reasonOf(written, recorded, rules),
    kept: kept.length === 0 ? null : { fields: kept, reason: reasonOf(kept, recorded, rules) },
    isMarkerBehind: !isMarked && hasCaughtUp(desired, new Set(differing), recorded, rules),
  };
}

function reasonOf(
  changes: readonly FieldChange[],
  recorded: ReadonlyMap<ContactField, string>,
  { hash }: FieldRules,
): Reason {
  let edited = false;
  let sourceChanged = false;
  for (const { field, before, after } of changes) {
    const written = recorded.get(field);
    if (written === unwritten) return "half-made";
    // The photo's marker is what galops wrote; what the user did to the picture itself is not known.
    const isEdited =
      field !== "photo" && written !== undefined && hash(before ?? emptyValue(field)) !== written;
    edited ||= isEdited;
    sourceChanged ||= !isEdited || hash(after ?? emptyValue(field)) !== written;
  }
  if (edited && sourceChanged) return "both";
  return edited ? "edited" : "source-changed";
}

/** Whether desired has become what somebody wrote into a field whose edits are kept, and the marker does not know. */
function hasCaughtUp(
  desired: DesiredContact,
  differing: ReadonlySet<ContactField>,
  recorded: ReadonlyMap<ContactField, string>,
  { fieldPolicy, hash }: FieldRules,
): boolean {
  return contactFieldNames.some((field) => {
    const value = desired.fields[field];
    if (value === undefined || field === "photo" || differing.has(field)) return false;
    if (fieldPolicy(field) !== "keep-edits") return false;
    const written = recorded.get(field);
    return written === undefined ? !isEmpty(value) : hash(value) !== written;
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
  rules: FieldRules & { readonly written: string | undefined; readonly isBegun: boolean },
): boolean {
  const { written, isBegun } = rules;
  const policy = rules.fieldPolicy(field);
  // A run that was cut off has not come to this field: its making is still to be finished.
  const isDue = (isBegun || written === unwritten) && isEmpty(before);
  if (policy === "create-only") return !isDue;
  if (policy === "fill") return !isEmpty(before);
  if (policy !== "keep-edits" || field === "photo" || isBegun) return false;
  // What stands in a field that galops never wrote is somebody's own.
  if (written === undefined || written === unwritten) return !isEmpty(before);
  return rules.hash(before) !== written;
}
