import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../model/contact.ts";
import type { CreateChange, UpdateChange } from "../model/plan.ts";
import { emptyValue } from "../model/values.ts";

export type WantedField = readonly [field: ContactField, after: FieldValue];

/** What a change makes of its contact: all fields of a new one, else only those that the plan found to differ. */
export function wantedFields(change: CreateChange | UpdateChange): readonly WantedField[] {
  if (change.action === "create") return fieldEntries(change.desired.fields);
  return change.fields.map(({ field, after }) => [field, after ?? emptyValue(field)] as const);
}

function fieldEntries(fields: ContactFields): readonly WantedField[] {
  // Its keys are contact fields by type, and none of its values is undefined once they are listed.
  return Object.entries(fields) as [ContactField, FieldValue][];
}
