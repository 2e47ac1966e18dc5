import type { ContactField } from "../model/contact-fields.ts";
import { contactFieldNames, isContactField, isFlagField, isListField } from "../model/contact-fields.ts";
import type { ContactFields, DesiredContact, FieldChange, FieldValue } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import { sameFieldValue } from "../model/values.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { flag, shape, text, texts, wrong } from "./shapes.ts";
import type { Shape } from "./shapes.ts";

/** A change of a field: name, value before, and value after unless the desired contact has it. */
type FieldPart = readonly [ContactField, FieldValue | null, (FieldValue | null)?];

/** Encodes a desired contact as JSON, with fields in table order. */
export function contactJson({ key, displayName, addresses, digest, fields }: DesiredContact): string {
  const inOrder: Partial<Record<ContactField, FieldValue>> = {};
  for (const field of contactFieldNames) {
    const value = fields[field];
    if (value !== undefined) inOrder[field] = value;
  }
  return harmlessJson({ key, displayName, addresses, digest, fields: inOrder });
}

/** @throws {ShapeError} */
export function readFields(written: Shape): ContactFields {
  const fields: Partial<Record<ContactField, FieldValue>> = {};
  for (const name of Object.keys(written)) {
    if (!isContactField(name)) throw wrong(name, "a field of a contact");
    fields[name] = readValue(written, name);
  }
  // Each value was read according to the kind of its field.
  return fields as ContactFields;
}

export function readContact(of: Shape): DesiredContact {
  return {
    key: text(of, "key"),
    displayName: text(of, "displayName"),
    addresses: texts(of, "addresses"),
    digest: text(of, "digest"),
    fields: readFields(shape(of["fields"], "fields")),
  };
}

/** Field changes in compact form; null when they equal those of creating the desired contact. */
export function fieldParts(
  changes: readonly FieldChange[],
  desired: DesiredContact | null,
  isCreate: boolean,
): readonly FieldPart[] | null {
  if (isCreate && desired !== null && sameChanges(changes, createdFields(desired))) return null;
  return changes.map(({ field, before, after }) =>
    sameFieldValue(after, desired?.fields[field] ?? null) ? [field, before] : [field, before, after],
  );
}

export function readFieldParts(parts: unknown, desired: DesiredContact | null): readonly FieldChange[] {
  if (!Array.isArray(parts)) throw wrong("fields", "a list");
  return parts.map((part: unknown) => {
    if (!Array.isArray(part) || part.length < 2 || part.length > 3)
      throw wrong("a field", "a list of two or three");
    const [field, before, after]: unknown[] = part;
    if (typeof field !== "string" || !isContactField(field)) throw wrong("a field", "a field of a contact");
    return {
      field,
      before: fieldValue(field, before),
      after: part.length === 2 ? (desired?.fields[field] ?? null) : fieldValue(field, after),
    };
  });
}

function fieldValue(field: ContactField, value: unknown): FieldValue | null {
  if (value === null) return null;
  return readValue({ [field]: value }, field);
}

function readValue(of: Shape, field: ContactField): FieldValue {
  if (isFlagField(field)) return flag(of, field);
  return isListField(field) ? texts(of, field) : text(of, field);
}

function sameChanges(one: readonly FieldChange[], other: readonly FieldChange[]): boolean {
  return (
    one.length === other.length &&
    one.every((change, i) => {
      const { field, before, after } = other[i] ?? {};
      return (
        change.field === field &&
        sameFieldValue(change.before, before ?? null) &&
        sameFieldValue(change.after, after ?? null)
      );
    })
  );
}
