import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../model/contact.ts";
import type { CreateChange, UpdateChange } from "../model/plan.ts";
import { emptyValue } from "../model/values.ts";

export type WantedField = readonly [field: ContactField, after: FieldValue];

/** The fields that a change writes: all fields for a create, otherwise only those that differ. */
export function wantedFields(change: CreateChange | UpdateChange): readonly WantedField[] {
  if (change.action === "create") return fieldEntries(change.desired.fields);
  return change.fields.map(({ field, after }) => [field, after ?? emptyValue(field)] as const);
}

function fieldEntries(fields: ContactFields): readonly WantedField[] {
  // The keys are contact fields by type, and entries are never undefined.
  return Object.entries(fields) as [ContactField, FieldValue][];
}
