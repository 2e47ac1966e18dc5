import type { GraphWrite } from "../../../http/graph/graph.ts";
import type { BookRef } from "../../../model/book.ts";
import { fieldsOf } from "../../../model/contact-fields.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../../model/contact.ts";
import type { Change, CreateChange, UpdateChange } from "../../../model/plan.ts";
import { composedName, derivedGivenName } from "../fields/canonical-names.ts";
import { lineOf } from "../fields/canonical-text.ts";
import { toProperties, withoutEmpty } from "../fields/convert.ts";
import { writableFields } from "./decide.ts";
import { contactPath, immutableIds, laneOf } from "../graph-contact.ts";
import { writeMarker } from "../markers.ts";
import { addressProperties, nameParts, partsOf, propertyOf } from "../fields/properties.ts";
import { pathOf } from "../folders/where.ts";
import type { Where } from "../folders/where.ts";

/** The place to which changes are written. */
export interface WritePlace {
  readonly book: BookRef;
  readonly where: Where;
  readonly owner: string;
}

/** The request for a change. It contains data and marker, so that no contact is ever written without its owner. */
export function requestFor(change: Change, current: LiveContact | null, place: WritePlace): GraphWrite {
  const { book, where, owner } = place;
  const common = { lane: laneOf(book), headers: immutableIds };
  if (change.action === "delete") {
    return { ...common, method: "DELETE", url: contactPath(book, change.live.id) };
  }
  const { key, digest } = change.desired;
  const singleValueExtendedProperties = writeMarker({ owner, key, digest });
  const fields = fieldsToWrite(change, current);
  if (change.action === "create") {
    const body = { ...toProperties(fields, newName(change.desired)), singleValueExtendedProperties };
    return { ...common, method: "POST", url: pathOf(book, where), body };
  }
  const mailName = fields.displayName ?? current?.fields.displayName ?? "";
  const body = { ...toProperties(fields, mailName), singleValueExtendedProperties };
  return { ...common, method: "PATCH", url: contactPath(book, change.live.id), body };
}

/** All fields in the request of a change, including unchanged ones that must be sent along. */
export function fieldsToWrite(
  change: CreateChange | UpdateChange,
  current: LiveContact | null,
): ContactFields {
  return change.action === "create" ? newFields(change.desired) : changedFields(change, current);
}

function newFields(desired: DesiredContact): ContactFields {
  const displayName = newName(desired);
  // Exchange requires a given name even if the config does not manage that field.
  const givenName = desired.fields.givenName || derivedGivenName({ ...desired.fields, displayName });
  return { ...emptyComposed(desired.fields), ...withoutEmpty({ ...desired.fields, givenName }) };
}

function newName(desired: DesiredContact): string {
  const { key, displayName, fields } = desired;
  // The key is internal, and nothing to call anybody by.
  return fields.displayName ?? (displayName === key ? composedName(fields) : lineOf(displayName));
}

/** Names that must be empty have to be sent, because the service composes omitted ones. */
function emptyComposed({ fileAs, initials }: ContactFields): ContactFields {
  return { ...(fileAs === "" ? { fileAs } : {}), ...(initials === "" ? { initials } : {}) };
}

function changedFields(change: UpdateChange, current: LiveContact | null): ContactFields {
  const written = Object.fromEntries(writableFields(change)) as ContactFields; // pairs of field and value
  const along = fieldsWrittenAlong(Object.keys(written) as ContactField[], change.desired); // its own keys
  return { ...pick(current?.fields ?? {}, along), ...written };
}

/**
 * Unchanged fields that must be sent with changed ones: the other parts of an address, which Graph replaces as a whole;
 * composed names, which the service composes again when a part of a name is written; and mail addresses, which contain
 * the display name. Fields that the config does not manage are sent as they are.
 *
 * @see https://learn.microsoft.com/en-us/graph/api/contact-update
 */
function fieldsWrittenAlong(
  written: readonly ContactField[],
  desired: DesiredContact,
): readonly ContactField[] {
  const along = new Set<ContactField>();
  for (const address of addressProperties) {
    if (!written.some((field) => propertyOf(field) === address)) continue;
    for (const [part] of partsOf(address)) along.add(part);
  }
  if (written.some((field) => nameParts.has(field))) {
    for (const name of ["displayName", "fileAs"] as const) along.add(name);
  }
  const isAddressOurs = desired.fields.emailAddresses !== undefined;
  if (written.includes("displayName") && isAddressOurs) along.add("emailAddresses");
  return [...along];
}

/** Names that the service composes again when these fields are written, because they are not among them. */
export function composedAnew(fields: ContactFields): readonly ContactField[] {
  const written = Object.keys(fields) as ContactField[]; // its own keys
  if (!written.some((field) => nameParts.has(field))) return [];
  return (["displayName", "fileAs"] as const).filter((field) => fields[field] === undefined);
}

/**
 * Fields that must be read again before changes are made, in table order. Contacts to update or delete need all fields,
 * because the journal records their previous state; creates need only the fields that `decide` compares.
 */
export function fieldsNeeded(changes: readonly Change[]): readonly ContactField[] {
  const needed = new Set<ContactField>();
  for (const change of changes) {
    if (change.action !== "create") return fieldsOf("mailbox-contacts");
    for (const [field] of writableFields(change)) needed.add(field);
  }
  return fieldsOf("mailbox-contacts").filter((field) => needed.has(field));
}

function pick(fields: ContactFields, names: readonly ContactField[]): ContactFields {
  const entries = names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return Object.fromEntries(entries) as ContactFields; // a selection of its entries
}
