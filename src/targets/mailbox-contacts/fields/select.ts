import type { ContactField } from "../../../model/contact-fields.ts";
import { propertyOf } from "./properties.ts";

/** `$select` of the properties that these fields and the identity of a contact are read from. */
export function selectOf(fields: readonly ContactField[]): string {
  const properties = new Set(["id", "changeKey", "createdDateTime"]);
  for (const field of fields) {
    const property = propertyOf(field);
    if (property !== null) properties.add(property);
  }
  return `$select=${[...properties].join(",")}`;
}
