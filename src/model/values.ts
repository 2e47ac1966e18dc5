import type { ContactField } from "./contact-fields.ts";
import { isFlagField, isListField } from "./contact-fields.ts";
import type { FieldValue } from "./contact.ts";

/** Whether a field holds nothing. */
export function isEmpty(value: FieldValue): boolean {
  return value === false || (value !== true && value.length === 0);
}

/** What a field holds that holds nothing. */
export function emptyValue(field: ContactField): FieldValue {
  if (isFlagField(field)) return false;
  return isListField(field) ? [] : "";
}

/** Whether two values are the same, character by character; lists also in order. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** The same of values that may be none, as those before a contact exists and after it is gone. */
export function sameFieldValue(one: FieldValue | null, other: FieldValue | null): boolean {
  return one === null || other === null ? one === other : sameValue(one, other);
}

/**
 * Whether a field need not be written: mail addresses in another case are the same, all else is compared exactly.
 *
 * Exchange delivers to an address in any case, and directories change the case of addresses without anybody's
 * doing; rewriting a contact in every mailbox for that would help nobody.
 */
export function sameField(field: ContactField, one: FieldValue, other: FieldValue): boolean {
  if (sameValue(one, other)) return true;
  return field === "emailAddresses" && sameValue(lowerCased(one), lowerCased(other));
}

function lowerCased(value: FieldValue): FieldValue {
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value.toLowerCase() : value.map((item) => item.toLowerCase());
}
