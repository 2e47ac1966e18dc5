import { contactFields, contactFieldNames, isListField } from "../../../model/contact-fields.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { ContactFields, FieldValue, LiveContact } from "../../../model/contact.ts";
import { isEmpty } from "../../../model/values.ts";
import type { CommonProperties, GraphContact } from "../graph-contact.ts";
import { readMarker } from "../markers.ts";
import { addressProperties, partsOf, propertyOf } from "./properties.ts";
import type { AddressProperty } from "./properties.ts";
import { unixLines } from "../../unix-lines.ts";

/**
 * Converts between our fields and Graph's contact. What to write is decided elsewhere. Graph represents an empty value
 * as null, "", [] or {}, even within one response; our fields use "" or [].
 */

type Read = (contact: CommonProperties) => FieldValue;

const nothing: readonly string[] = [];

const readers: Readonly<Record<ContactField, Read>> = readerTable();

/** Converts a contact that Graph returned. Contacts that share their properties also share the result's fields. */
export function toLiveContact(contact: GraphContact, fields: readonly ContactField[]): LiveContact {
  const { common } = contact;
  const content = common === undefined ? contentOf(contact, fields) : sharedContent(common, fields);
  return {
    id: contact.id,
    version: contact.changeKey ?? "",
    createdAt: contact.createdDateTime ?? "",
    marker: content.marker,
    fields: content.values,
    untouchable: null,
  };
}

interface Content {
  readonly fields: readonly ContactField[];
  readonly marker: LiveContact["marker"];
  readonly values: ContactFields;
}

const contents = new WeakMap<CommonProperties, Content>();

function sharedContent(properties: CommonProperties, fields: readonly ContactField[]): Content {
  const known = contents.get(properties);
  if (known?.fields === fields) return known;
  const content = contentOf(properties, fields);
  contents.set(properties, content);
  return content;
}

function contentOf(properties: CommonProperties, fields: readonly ContactField[]): Content {
  const marker = readMarker(properties.singleValueExtendedProperties);
  const values: Partial<Record<ContactField, FieldValue>> = {};
  for (const field of fields) {
    values[field] = field === "photo" ? (marker?.photo ?? "") : readers[field](properties);
  }
  return { fields, marker, values: values as ContactFields }; // each reader returns its field's type
}

/**
 * Converts fields to Graph properties. Empty fields become null or []. The photo is not included.
 *
 * Graph replaces an address as a whole, so `fields` must contain all parts of an address or none.
 *
 * @param mailName - the name beside each mail address; "" for the address itself
 */
export function toProperties(fields: ContactFields, mailName: string): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const field of contactFieldNames) {
    const value = fields[field];
    if (value === undefined || propertyOf(field) !== field) continue;
    if (field === "emailAddresses") properties[field] = namedAddresses(fields.emailAddresses ?? [], mailName);
    else if (contactFields[field].kind === "date") properties[field] = toInstant(value);
    else properties[field] = value === "" ? null : value;
  }
  for (const address of addressProperties) {
    if (partsOf(address).some(([field]) => fields[field] !== undefined)) {
      properties[address] = physicalAddress(address, fields);
    }
  }
  return properties;
}

/** Returns the fields that are not empty. */
export function withoutEmpty(fields: ContactFields): ContactFields {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && !isEmpty(value));
  return Object.fromEntries(present) as ContactFields; // a selection of its entries
}

function readerTable(): Record<ContactField, Read> {
  const table: Partial<Record<ContactField, Read>> = {};
  for (const field of contactFieldNames) table[field] = readerOf(field);
  for (const address of addressProperties) {
    for (const [field, part] of partsOf(address)) {
      table[field] = (contact) => unixLines(textOf(recordOf(contact[address])?.[part]));
    }
  }
  return table as Record<ContactField, Read>; // the first loop goes over all fields
}

function readerOf(field: ContactField): Read {
  if (field === "emailAddresses") return (contact) => addressesOf(contact[field]);
  // A set, which Exchange returns in unspecified order.
  if (field === "categories") return (contact) => textsOf(contact[field]).toSorted();
  if (field === "personalNotes") return (contact) => unixLines(textOf(contact[field])).trim();
  if (isListField(field)) return (contact) => textsOf(contact[field]);
  if (contactFields[field].kind === "date") return (contact) => dayOf(textOf(contact[field]));
  return (contact) => textOf(contact[field]);
}

function dayOf(instant: string): string {
  return instant.slice(0, "YYYY-MM-DD".length);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) && value.length > 0 ? value.filter(isFilled) : nothing;
}

function addressesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? textsOf(value.map((item: unknown) => recordOf(item)?.["address"])) : nothing;
}

function isFilled(item: unknown): item is string {
  return typeof item === "string" && item !== "";
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  // Any object may be read by key.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

function namedAddresses(addresses: readonly string[], name: string): readonly object[] {
  return addresses.map((address) => ({ address, name: name || address }));
}

/** One minute before noon, like Outlook, so that the day is the same in nearly every time zone. */
function toInstant(day: FieldValue): string | null {
  return isEmpty(day) ? null : `${String(day)}T11:59:00Z`;
}

function physicalAddress(address: AddressProperty, fields: ContactFields): object | null {
  const parts = partsOf(address).map(([field, part]) => [part, fields[field] || null] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}
