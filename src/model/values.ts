import type { FieldValue } from "./contact.ts";

/** Whether a field holds nothing. */
export function isEmpty(value: FieldValue): boolean {
  return value.length === 0;
}

/** Whether two values are the same, character by character; lists also in order. */
export function sameValue(one: FieldValue, other: FieldValue): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
