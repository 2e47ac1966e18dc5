import type { ContactField } from "./contact-fields.ts";
import { isFlagField, isListField } from "./contact-fields.ts";
import type { FieldValue } from "./contact.ts";

/** Whether a value is empty: "", [] or false. */
export function isEmpty(value: FieldValue): boolean {
  return value === false || (value !== true && value.length === 0);
}

/** The empty value of a field's kind. */
export function emptyValue(field: ContactField): FieldValue {
  if (isFlagField(field)) return false;
  return isListField(field) ? [] : "";
}

/** Whether two values are exactly the same, including the order of lists. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** As `sameValue`, for values that are null before a contact exists and after it is deleted. */
export function sameFieldValue(one: FieldValue | null, other: FieldValue | null): boolean {
  return one === null || other === null ? one === other : sameValue(one, other);
}

/**
 * Whether a field need not be written. Ignores the case of mail addresses; compares everything else exactly.
 *
 * Exchange ignores the case of addresses, and directories change it on their own, which is no reason to rewrite a
 * contact in every mailbox.
 */
export function sameField(field: ContactField, one: FieldValue, other: FieldValue): boolean {
  if (sameValue(one, other)) return true;
  return field === "emailAddresses" && sameValue(lowerCased(one), lowerCased(other));
}

function lowerCased(value: FieldValue): FieldValue {
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value.toLowerCase() : value.map((item) => item.toLowerCase());
}
