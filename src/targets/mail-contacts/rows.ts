import { hash } from "node:crypto";
import type { Row } from "../../http/exchange/exchange.ts";
import type { CustomAttribute } from "../../model/contact-fields.ts";
import {
  contactFieldNames,
  fieldsOf,
  isCustomAttribute,
  isFlagField,
  isListField,
} from "../../model/contact-fields.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import type { ContactFields, FieldValue, LiveContact, Marker } from "../../model/contact.ts";
import { domainOf, plainAddress } from "./addresses.ts";
import { inOrder } from "./canonicalize.ts";
import { countryCode, countryName } from "./countries.ts";
import { fromMailTip } from "./mail-tip.ts";
import { attributeOf, propertyOf } from "./properties.ts";
import { isStamp, readStamp } from "./stamp.ts";
import { unixLines } from "../unix-lines.ts";

/** The two objects of a mail contact in Exchange, joined by their Guid. */
export interface Rows {
  readonly mail: Row;
  readonly contact: Row;
}

export interface RowRules {
  readonly owner: string;
  readonly stamp: CustomAttribute;
  readonly ownedDomains: readonly string[];
}

const fields = fieldsOf("mail-contacts");
/** Attributes that may contain a stamp now or from an earlier config. */
export const customAttributes = contactFieldNames.filter(isCustomAttribute);

/** Properties to request from each of the two cmdlets. */
export const mailProperties: readonly string[] = [
  ...new Set([...namesOf("mail"), ...customAttributes.map(attributeOf), "IsDirSynced", "WhenCreatedUTC"]),
];
export const contactProperties: readonly string[] = namesOf("contact");

const managerProperty = propertyOf("manager").name;

/**
 * Converts a mail contact to a live contact.
 *
 * @param addressOf - address of the mail contact with that Name, by which Exchange identifies managers; null for others
 */
export function toLiveContact(
  rows: Rows,
  rules: RowRules,
  addressOf: (name: string) => string | null,
): LiveContact {
  const { mail } = rows;
  const values: Partial<Record<ContactField, FieldValue>> = {};
  for (const field of fields) values[field] = valueOf(field, rows, addressOf);
  const { stamp } = rules;
  const { marker, field } = markerIn(mail, rules);
  // A stamp is not a value of the attribute as a field; anything else in its place is.
  if (!isInUse(mail, stamp)) delete values[stamp];
  if (field !== stamp) delete values[field];
  return {
    id: textOf(mail["Guid"]).toLowerCase(),
    version: versionOf(rows),
    createdAt: instantOf(textOf(mail["WhenCreatedUTC"])),
    marker,
    ...(field === stamp ? {} : { markerIn: field }),
    fields: values as ContactFields, // each value has the type of its field
    untouchable: whyUntouchable(mail, rules),
  };
}

/**
 * Finds the stamp of a contact: in the configured attribute, or else a stamp of the same owner in another attribute
 * that an earlier config used.
 */
export function markerIn(
  mail: Row,
  { stamp, owner }: Pick<RowRules, "stamp" | "owner">,
): { readonly marker: Marker | null; readonly field: CustomAttribute } {
  const marker = readStamp(textOf(mail[attributeOf(stamp)]));
  if (marker !== null) return { marker, field: stamp };
  for (const field of customAttributes) {
    const earlier = readStamp(textOf(mail[attributeOf(field)]));
    if (earlier?.owner === owner) return { marker: earlier, field };
  }
  return { marker: null, field: stamp };
}

/** Whether the attribute for the stamp contains something else. */
function isInUse(mail: Row, stamp: CustomAttribute): boolean {
  const text = textOf(mail[attributeOf(stamp)]);
  return text !== "" && !isStamp(text);
}

/** The Name of the manager; "" for none. */
export function managerIn(contact: Row): string {
  return textOf(contact[managerProperty]);
}

export function addressIn(mail: Row): string {
  return plainAddress(textOf(mail["ExternalEmailAddress"]));
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/**
 * Exchange has no version of a contact that changes only with edits, so this is a hash of its properties. The manager
 * is left out, because Exchange removes a manager whose own contact is deleted, which is not an edit of this contact.
 */
function versionOf({ mail, contact }: Rows): string {
  const seen = [
    ...mailProperties.map((name) => mail[name]),
    ...contactProperties.filter((name) => name !== managerProperty).map((name) => contact[name]),
  ];
  const plain = seen.map((value) => (Array.isArray(value) ? value.map(String).toSorted() : (value ?? "")));
  return hash("sha256", JSON.stringify(plain), "base64url").slice(0, 22);
}

function whyUntouchable(mail: Row, { ownedDomains, stamp }: RowRules): string | null {
  if (mail["IsDirSynced"] === true) {
    return "It is synchronized from an on-premises directory and can be changed only there.";
  }
  if (!ownedDomains.includes(domainOf(addressIn(mail)))) {
    return "Its address is outside the owned domains, where galops changes nothing.";
  }
  if (!isInUse(mail, stamp)) return null;
  return (
    `Its ${attributeOf(stamp)}, which galops uses for the stamp, contains something else. ` +
    "Clear the attribute, or set `to.stamp` to an unused one."
  );
}

function valueOf(
  field: ContactField,
  { mail, contact }: Rows,
  addressOf: (name: string) => string | null,
): FieldValue {
  const { of, name, others } = propertyOf(field);
  const row = of === "mail" ? mail : contact;
  if (isFlagField(field)) return row[name] === true;
  const text = unixLines(textOf(row[name])).trim();
  if (field === "emailAddresses") return text === "" ? [] : [plainAddress(text)];
  if (field === "mailTip") return fromMailTip(text);
  if (field === "manager") return text === "" ? "" : (addressOf(text) ?? text);
  if (field === "businessCountry") return foldedCountry(text);
  if (!isListField(field)) return text;
  return inOrder([text, ...textsOf(others === undefined ? [] : row[others])].filter((item) => item !== ""));
}

/** Converts Exchange's own name of a country to the one galops uses. */
function foldedCountry(text: string): string {
  if (text === "") return "";
  const code = countryCode(text);
  return code === null ? text : countryName(code);
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string" && item !== "") : [];
}

/** Normalizes the two formats in which Exchange returns times. */
function instantOf(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}

function namesOf(of: "mail" | "contact"): readonly string[] {
  return fields.flatMap((field) => {
    const property = propertyOf(field);
    if (property.of !== of) return [];
    return property.others === undefined ? [property.name] : [property.name, property.others];
  });
}
