import { contactFieldNames } from "./contact-fields.ts";
import type { DesiredContact, FieldChange } from "./contact.ts";
import { isEmpty } from "./values.ts";

/** The fields of a create: every field that is not empty, in table order. */
export function createdFields(desired: DesiredContact): readonly FieldChange[] {
  return contactFieldNames.flatMap((field) => {
    const after = desired.fields[field];
    return after === undefined || isEmpty(after) ? [] : [{ field, before: null, after }];
  });
}
