import type { ContactField, FieldPolicy } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { DesiredContact, FieldChange, FieldValue, LiveContact } from "../model/contact.ts";
import { decodeDigest, unwritten } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Reason } from "../model/plan.ts";
import { emptyValue, isEmpty, sameField } from "../model/values.ts";
import { isHalfMade } from "./match-contacts.ts";

/** Fields that differ, and why. */
interface Differing {
  /** In table order. */
  readonly fields: readonly FieldChange[];
  readonly reason: Reason;
}

/** The fields to write to make a live contact as desired; empty when there is nothing to write. */
export interface Difference extends Differing {
  /** Fields that differ but whose policies keep the live value; null for none. */
  readonly kept: Differing | null;
  /** What no service can do, as to take away a picture that the source has no more; null for nothing. */
  readonly impossible: Differing | null;
  /**
   * Whether the marker must be written even if no field must: the desired value now equals a user's edit, so that the
   * field no longer counts as edited.
   */
  readonly isMarkerBehind: boolean;
}

export interface FieldRules {
  readonly fieldPolicy: (field: ContactField) => FieldPolicy;
  readonly hash: HashValue;
}

const nothing: Difference = {
  fields: [],
  reason: "source-changed",
  kept: null,
  impossible: null,
  isMarkerBehind: false,
};
const none: readonly ContactField[] = [];
const noFields: ReadonlyMap<ContactField, string> = new Map();
/** Last live contact found equal to a desired one. Readers return the same object for equal contacts of many books. */
const asDesired = new WeakMap<DesiredContact, Pick<LiveContact, "marker" | "fields">>();

/**
 * Compares a live contact of ours with the desired one. Fields that `desired` omits are not compared.
 *
 * Only visible fields count: an outdated marker is not a difference as long as all fields are right, unless the marker
 * is needed to recognize edits that a policy keeps.
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
  const impossible: FieldChange[] = [];
  const isBegun = isHalfMade(live);
  for (const field of differing) {
    const before = liveValue(field, live);
    const after = desired.fields[field] ?? emptyValue(field);
    const isLeft = isKept(field, before, { written: recorded.get(field), isBegun, ...rules });
    const isPossible = field !== "photo" || after !== "";
    (isLeft ? kept : isPossible ? written : impossible).push({ field, before, after });
  }
  const differs = (some: readonly FieldChange[]): Differing => ({
    fields: some,
    reason: reasonOf(some, recorded, rules),
  });
  return {
    ...differs(written),
    kept: kept.length === 0 ? null : differs(kept),
    impossible: impossible.length === 0 ? null : differs(impossible),
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
    // The marker records the photo that galops wrote; whether the user replaced the picture is unknown.
    const isEdited =
      field !== "photo" && written !== undefined && hash(before ?? emptyValue(field)) !== written;
    edited ||= isEdited;
    sourceChanged ||= !isEdited || hash(after ?? emptyValue(field)) !== written;
  }
  if (edited && sourceChanged) return "both";
  return edited ? "edited" : "source-changed";
}

/** Whether the desired value of a keep-edits field now equals the user's edit, which the marker does not record yet. */
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

/** The values that are lost when a contact is deleted: every field that was read and is not empty, in table order. */
export function deletedFields(live: LiveContact): readonly FieldChange[] {
  return contactFieldNames.flatMap((field) => {
    const before = liveValue(field, live);
    return isEmpty(before) ? [] : [{ field, before, after: null }];
  });
}

/**
 * The fields that differ, in table order. A plan without changes runs this for every contact of every mailbox, so it
 * iterates over the desired fields, which takes half the time of looking up every possible field.
 */
function differingFields(desired: DesiredContact, live: LiveContact): readonly ContactField[] {
  let differing: Set<ContactField> | null = null;
  // Its keys are contact fields by type.
  for (const field of Object.keys(desired.fields) as ContactField[]) {
    const after = desired.fields[field];
    if (after !== undefined && !sameField(field, after, liveValue(field, live)))
      (differing ??= new Set()).add(field);
  }
  return differing === null ? none : contactFieldNames.filter((field) => differing.has(field));
}

/** A photo is compared by its marker, because reading and comparing pictures would cost too much. */
function liveValue(field: ContactField, live: LiveContact): FieldValue {
  if (field === "photo") return live.marker?.photo ?? "";
  return live.fields[field] ?? emptyValue(field);
}

/** Whether the field's policy keeps a live value that differs. */
function isKept(
  field: ContactField,
  before: FieldValue,
  rules: FieldRules & { readonly written: string | undefined; readonly isBegun: boolean },
): boolean {
  const { written, isBegun } = rules;
  const policy = rules.fieldPolicy(field);
  // An interrupted run did not get to this field, so writing it still belongs to the create.
  const isUnfinished = (isBegun || written === unwritten) && isEmpty(before);
  if (policy === "create-only") return !isUnfinished;
  if (policy === "fill") return !isEmpty(before);
  if (policy !== "keep-edits" || field === "photo" || isBegun) return false;
  // A value in a field that galops never wrote is an edit.
  if (written === undefined || written === unwritten) return !isEmpty(before);
  return rules.hash(before) !== written;
}
