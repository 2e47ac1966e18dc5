import { propertyType, valueProblem } from "../../odata/edm.ts";
import { isObject } from "../../tenant/tenant.ts";
import type { Contact, Json, JsonObject } from "../../tenant/tenant.ts";
import { invalidProperty, notModelled, requestBodyRead } from "../../wire/graph-problem.ts";
import { composedDisplayName, composedFileAs, composedInitials, nameParts } from "./contact-names.ts";
import { mergedProperties } from "./extended-properties.ts";

/** Properties that the service sets itself and refuses in a write. */
const readOnly: readonly string[] = [
  "changeKey",
  "createdDateTime",
  "id",
  "lastModifiedDateTime",
  "parentFolderId",
];

/** The maximum number of values. */
const mostValues: Readonly<Record<string, number>> = {
  businessPhones: 2,
  emailAddresses: 3,
  homePhones: 2,
  imAddresses: 3,
};

/**
 * The maximum length in UTF-16 code units of texts that are MAPI properties. Notes have no such limit: they are the
 * body of the item.
 */
const longestText = 255;

/** The parts of a request body. */
interface WrittenParts {
  readonly properties: Readonly<Record<string, Json>>;
  readonly extended: Json | undefined;
}

/** @throws {GraphProblem} */
export function createdContact(
  body: JsonObject,
  contact: { readonly id: string; readonly folder: string | null; readonly at: string },
): Contact {
  const { properties, extended } = writtenIn(body);
  if (typeof properties["givenName"] !== "string") {
    throw invalidProperty("The property 'GivenName' is required when creating the entity.");
  }
  const named = composed(
    { initials: composedInitials(properties) || null, ...properties },
    properties,
    nameParts,
  );
  return {
    id: contact.id,
    ...(contact.folder === null ? {} : { folder: contact.folder }),
    version: 1,
    createdDateTime: contact.at,
    lastModifiedDateTime: contact.at,
    ...filled(named),
    ...withExtended(extended === undefined ? {} : mergedProperties({}, extended)),
  };
}

/**
 * Applies a PATCH: absent properties are kept, null and [] clear, collections and addresses are replaced as a whole.
 *
 * @throws {GraphProblem}
 * @see https://learn.microsoft.com/en-us/graph/api/contact-update
 */
export function updatedContact(contact: Contact, body: JsonObject, at: string): Contact {
  const { properties, extended } = writtenIn(body);
  const { extendedProperties = {}, photo, ...kept } = contact;
  const merged = extended === undefined ? extendedProperties : mergedProperties(extendedProperties, extended);
  const changed = composed({ ...kept, ...properties }, properties, Object.keys(properties));
  return {
    // `kept` has ids, times and version, and a body cannot contain them.
    ...(filled(changed) as typeof kept),
    version: contact.version + 1,
    lastModifiedDateTime: at,
    ...withExtended(merged),
    ...(photo === undefined ? {} : { photo }),
  };
}

function withExtended(properties: Readonly<Record<string, string>>): Pick<Contact, "extendedProperties"> {
  return Object.keys(properties).length === 0 ? {} : { extendedProperties: properties };
}

/**
 * Recomposes display name and "file as" when a part of the name is written but they are not, or when they are cleared.
 */
function composed<Properties extends Readonly<Record<string, unknown>>>(
  all: Properties,
  written: Readonly<Record<string, Json>>,
  names: readonly string[],
): Properties {
  // What is composed from is what is stored, which is JSON but for the photo, no part of a name.
  const source = all as unknown as Readonly<Record<string, Json | undefined>>;
  const anew = names.some((name) => nameParts.includes(name));
  const result: Record<string, unknown> = { ...all };
  for (const [name, compose] of composers) {
    const given = written[name];
    const emptied = given === null || given === "";
    if (emptied || (anew && given === undefined)) result[name] = compose(source) || null;
  }
  return result as Properties; // the same properties, and names
}

const composers = [
  ["displayName", composedDisplayName],
  ["fileAs", composedFileAs],
] as const;

/** The properties that are not empty; "" is kept as sent. */
function filled(properties: Readonly<Record<string, unknown>>): Record<string, Json> {
  const entries = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.filter(([, value]) => !isNothing(value))) as Record<string, Json>; // no undefined
}

function isNothing(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function writtenIn(body: JsonObject): WrittenParts {
  const properties: Record<string, Json> = {};
  let extended: Json | undefined;
  for (const [name, value] of Object.entries(body)) {
    if (name === "singleValueExtendedProperties") extended = value;
    else if (name === "@odata.type" || name === "@odata.context") continue;
    else properties[name] = writtenValue(name, value);
  }
  return { properties, extended };
}

function writtenValue(name: string, value: Json): Json {
  if (["multiValueExtendedProperties", "extensions", "photo"].includes(name))
    throw notModelled(`writing ${name}`);
  const type = propertyType("contact", name);
  const problem = valueProblem("contact", { [name]: value });
  if (problem !== null || type === null) throw requestBodyRead(problem?.message ?? "");
  if (readOnly.includes(name)) {
    throw invalidProperty(`The property '${name}' is read-only and cannot be set.`);
  }
  checkLengths(name, value);
  if (name === "emailAddresses") return (value as readonly JsonObject[]).map(usableAddress); // guaranteed by its type
  if (type === "physicalAddress") return withoutNulls(value);
  if (name === "birthday" && typeof value === "string") return instantOf(value);
  return value;
}

function checkLengths(name: string, value: Json): void {
  const most = mostValues[name];
  if (most !== undefined && Array.isArray(value) && value.length > most) {
    const shown = name.charAt(0).toUpperCase() + name.slice(1);
    throw invalidProperty(
      `The multi value property ${shown} has ${value.length} entries, that exceeds the max allowed value of ${most}`,
    );
  }
  for (const text of textsIn(value)) {
    if (name !== "personalNotes" && text.length > longestText) {
      throw invalidProperty(`The value of the property '${name}' is longer than ${longestText} characters.`);
    }
    // oxlint-disable-next-line no-control-regex -- characters that are invalid in XML, in which Exchange stores items
    if (!text.isWellFormed() || /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) {
      throw invalidProperty(`The value of the property '${name}' contains an invalid character.`);
    }
  }
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** An invalid address is dropped silently, but its name is kept. */
function usableAddress(item: JsonObject): JsonObject {
  const { address, name } = item;
  const usable = typeof address === "string" && /^[^\s@,;]+@[^\s@,;]+$/.test(address);
  return withoutNulls({ name: name ?? (usable ? address : null), address: usable ? address : null });
}

function withoutNulls(value: Json): JsonObject {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).filter(([, part]) => part !== null));
}

function instantOf(text: string): string {
  return `${new Date(Date.parse(text)).toISOString().slice(0, 19)}Z`;
}
