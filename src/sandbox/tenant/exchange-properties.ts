import type { DirectoryKind, Entry, Json, JsonObject } from "./tenant.ts";
import { isObject, textOf } from "./tenant.ts";

/**
 * Where a property of a mail contact is stored. A mail contact is Graph's organizational contact, so properties that
 * Graph has are stored in Graph's form; the others are in `exchange`, by their Exchange names.
 */
type KeptAt =
  | { readonly of: "graph"; readonly property: string }
  /** In `phones`, where Graph has one of each type. */
  | { readonly of: "phone"; readonly type: string }
  /** In the only address. */
  | { readonly of: "address"; readonly part: string }
  | { readonly of: "exchange" };

interface PropertyOf {
  readonly type: "text" | "texts" | "flag";
  readonly at: KeptAt;
  /** The maximum length; the directory's, if Exchange does not document one. */
  readonly longest?: number;
}

const graph = (property: string, longest: number): PropertyOf => ({
  type: "text",
  at: { of: "graph", property },
  longest,
});
const phone = (type: string): PropertyOf => ({ type: "text", at: { of: "phone", type }, longest: 64 });
const address = (part: string, longest: number): PropertyOf => ({
  type: "text",
  at: { of: "address", part },
  longest,
});
const own = (longest: number): PropertyOf => ({ type: "text", at: { of: "exchange" }, longest });
const texts: PropertyOf = { type: "texts", at: { of: "exchange" } };
const flag: PropertyOf = { type: "flag", at: { of: "exchange" } };

const numbers = (end: number): readonly number[] => Array.from({ length: end }, (_, index) => index + 1);
export const customAttributes = numbers(15).map((number) => `CustomAttribute${number}`);
export const extensionAttributes = numbers(5).map((number) => `ExtensionCustomAttribute${number}`);

/** Properties of Set-MailContact. */
export const mailContactProperties: Readonly<Record<string, PropertyOf>> = {
  Alias: graph("mailNickname", 64),
  ...Object.fromEntries(customAttributes.map((name) => [name, own(1024)])),
  ...Object.fromEntries(extensionAttributes.map((name) => [name, texts])),
  DisplayName: graph("displayName", 256),
  HiddenFromAddressListsEnabled: flag,
  MailTip: own(10_000),
  Name: own(64),
  RequireSenderAuthenticationEnabled: flag,
  SimpleDisplayName: own(256),
};

/** Properties of Set-Contact. */
export const contactProperties: Readonly<Record<string, PropertyOf>> = {
  AssistantName: own(256),
  City: address("city", 128),
  Company: graph("companyName", 64),
  CountryOrRegion: address("countryOrRegion", 128),
  Department: graph("department", 64),
  DisplayName: graph("displayName", 256),
  Fax: phone("businessFax"),
  FirstName: graph("givenName", 64),
  HomePhone: own(64),
  Initials: own(6),
  LastName: graph("surname", 64),
  MobilePhone: phone("mobile"),
  Name: own(64),
  Notes: own(1024),
  Office: address("officeLocation", 128),
  OtherFax: texts,
  OtherHomePhone: texts,
  OtherTelephone: texts,
  Pager: own(64),
  Phone: phone("business"),
  PhoneticDisplayName: own(255),
  PostalCode: address("postalCode", 40),
  PostOfficeBox: texts,
  SimpleDisplayName: own(256),
  StateOrProvince: address("state", 128),
  StreetAddress: address("street", 1024),
  TelephoneAssistant: own(64),
  Title: graph("jobTitle", 128),
  WebPage: own(2048),
};

/** Further values in a mail contact's `exchange`. Times are ISO 8601 with milliseconds, UTC. */
const times = ["WhenCreated", "WhenChanged"] as const;

const ofAnyKind: Readonly<Record<string, PropertyOf>> = { HiddenFromAddressListsEnabled: flag };

/** The names and types that `exchange` may contain. */
export function keptInExchange(kind: DirectoryKind): ReadonlyMap<string, PropertyOf["type"]> {
  if (kind !== "orgContact")
    return new Map(Object.entries(ofAnyKind).map(([name, { type }]) => [name, type]));
  const kept = Object.entries({ ...mailContactProperties, ...contactProperties }).filter(
    ([, { at }]) => at.of === "exchange",
  );
  return new Map([
    ...kept.map(([name, { type }]) => [name, type] as const),
    ...times.map((name) => [name, "text"] as const),
  ]);
}

/** The value of a property; null, [] or false when empty. */
export function propertyOf(entry: Entry, name: string, { type, at }: PropertyOf): Json {
  const found = valueAt(entry, name, at);
  if (type === "flag") return found === true;
  if (type === "texts") return Array.isArray(found) ? found : [];
  return typeof found === "string" && found !== "" ? found : null;
}

function valueAt(entry: Entry, name: string, at: KeptAt): Json | undefined {
  switch (at.of) {
    case "graph":
      return entry[at.property];
    case "exchange":
      return entry.exchange?.[name];
    case "phone":
      return phonesOf(entry).find((known) => known["type"] === at.type)?.["number"];
    case "address":
      return addressOf(entry)[at.part];
  }
}

/** Sets a property; an empty one is removed. */
export function withProperty(entry: Entry, name: string, { at }: PropertyOf, value: Json): Entry {
  switch (at.of) {
    case "graph":
      return { ...withoutKey(entry, at.property), ...single(at.property, value), id: entry.id };
    case "exchange":
      return withExchange(entry, { [name]: value });
    case "phone": {
      const others = phonesOf(entry).filter((other) => other["type"] !== at.type);
      const phones = isEmpty(value) ? others : [...others, { type: at.type, number: value }];
      return { ...withoutKey(entry, "phones"), ...single("phones", phones), id: entry.id };
    }
    case "address": {
      const changed = { ...withoutKey(addressOf(entry), at.part), ...single(at.part, value) };
      const addresses = Object.keys(changed).length === 0 ? [] : [changed];
      return { ...withoutKey(entry, "addresses"), ...single("addresses", addresses), id: entry.id };
    }
  }
}

/** Sets values in `exchange`; empty ones are removed. */
export function withExchange(entry: Entry, values: JsonObject): Entry {
  const { exchange: before = {}, ...rest } = entry;
  const all = Object.entries({ ...before, ...values }).filter(([, value]) => !isEmpty(value));
  return all.length === 0
    ? { ...rest, id: entry.id }
    : { ...rest, id: entry.id, exchange: Object.fromEntries(all) };
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || value === undefined || value === "" || value === false || isEmptyList(value);
}

function isEmptyList(value: Json): boolean {
  return Array.isArray(value) && value.length === 0;
}

function single(name: string, value: Json): JsonObject {
  return isEmpty(value) ? {} : { [name]: value };
}

function withoutKey<Whole extends JsonObject | Entry>(whole: Whole, key: string): Omit<Whole, string> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)) as Omit<Whole, string>;
}

function phonesOf(entry: Entry): readonly JsonObject[] {
  return objectsIn(entry["phones"]);
}

function addressOf(entry: Entry): JsonObject {
  return objectsIn(entry["addresses"])[0] ?? {};
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** The contact's name in the directory, which is unique if Exchange assigned it. */
export function nameOf(entry: Entry): string {
  return (
    textOf(entry.exchange?.["Name"]) || textOf(entry["displayName"]) || textOf(entry["mail"]) || entry.id
  );
}
