import { checkBody, propertiesOf } from "./property-types.ts";
import type { Query } from "./query.ts";
import { Refusal } from "./replies.ts";
import type { ContactState } from "./state.ts";

/** What Exchange makes of contacts: limits, generated names, the many ways of being empty. */

type Body = Readonly<Record<string, unknown>>;
type Mark = { readonly id: string; readonly value: string | null };

const readOnly: ReadonlySet<string> = new Set(["id", "changeKey", "createdDateTime", "lastModifiedDateTime"]);
const most: readonly (readonly [string, string, number])[] = [
  ["businessPhones", "BusinessPhones", 2],
  ["emailAddresses", "EmailAddresses", 3],
  ["homePhones", "HomePhones", 2],
  ["imAddresses", "ImAddresses", 3],
];
/** Text that reads back as "" when it is empty; other text reads back as null. */
const emptyText: ReadonlySet<string> = new Set(["assistantName", "manager", "personalNotes", "spouseName"]);
const markId = /^String \{[0-9a-fA-F-]{36}\} (?:Name .+|Id 0x[0-9a-fA-F]+)$|^String 0x[0-9a-fA-F]+$/;

export interface Written {
  readonly properties: Body;
  readonly extended: Readonly<Record<string, string>>;
}

/** The properties and marks after a POST (`before` null) or PATCH. @throws {Refusal} */
export function writeContact(before: Written | null, body: unknown): Written {
  const { singleValueExtendedProperties: marks, ...changed } = bodyOf(body);
  checkBody("contact", changed);
  for (const property of Object.keys(changed)) {
    if (readOnly.has(property))
      throw new Refusal(400, "ErrorInvalidPropertySet", `The property '${property}' is read-only.`);
  }
  for (const [property, name, limit] of most) {
    const values = changed[property];
    if (!Array.isArray(values) || values.length <= limit) continue;
    throw new Refusal(
      400,
      "ErrorInvalidProperty",
      `The multi value property ${name} has ${values.length} entries, that exceeds the max allowed value of ${limit}`,
    );
  }
  if (before === null && typeof changed["givenName"] !== "string") {
    throw new Refusal(
      400,
      "ErrorInvalidProperty",
      "The property 'GivenName' is required when creating the entity.",
    );
  }
  const properties = { ...before?.properties, ...changed };
  return {
    properties: { ...properties, ...generated(before, changed, properties) },
    extended: { ...before?.extended, ...marksOf(marks) },
  };
}

function bodyOf(body: unknown): Body {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw new Refusal(
    400,
    "BadRequest",
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
  );
}

/** @throws {Refusal} */
export function marksOf(marks: unknown): Readonly<Record<string, string>> {
  if (marks === undefined) return {};
  if (!Array.isArray(marks))
    throw new Refusal(400, "RequestBodyRead", "singleValueExtendedProperties must be a collection.");
  const extended: Record<string, string> = {};
  for (const mark of marks as readonly Mark[]) {
    if (typeof mark.id !== "string" || !markId.test(mark.id)) {
      throw new Refusal(
        400,
        "ErrorInvalidProperty",
        "PropertyId values may only be in one of the following formats: 'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id propertyId' or 'MapiPropertyType propertyTag'.",
      );
    }
    if (mark.value !== null && typeof mark.value !== "string")
      throw new Refusal(400, "RequestBodyRead", "The value of an extended property must be a string.");
    extended[mark.id] = mark.value ?? "";
  }
  return extended;
}

/** Names that Exchange makes from others unless they are sent along. */
function generated(before: Written | null, changed: Body, all: Body): Body {
  const touched = ["givenName", "surname", "middleName"].some((part) => part in changed);
  if (before !== null && !touched) return {};
  const [given, surname] = [text(all["givenName"]), text(all["surname"])];
  const made = {
    displayName: [given, surname].filter(Boolean).join(" "),
    fileAs: [surname, given].filter(Boolean).join(", "),
    initials: [given, surname]
      .filter(Boolean)
      .map((name) => `${name.charAt(0)}.`)
      .join(""),
  };
  // fileAs and initials are made once, displayName whenever another name part changes.
  return Object.fromEntries(
    Object.entries(made).filter(
      ([name]) => !(name in changed) && (before === null || name === "displayName"),
    ),
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const json = new WeakMap<ContactState, { readonly key: string; readonly text: string }>();

/** A contact as JSON text, as a list or an item gives it. Kept until the contact changes: plans ask again and again. */
export function contactJson(
  contact: ContactState,
  query: Pick<Query, "select" | "expand">,
  immutable: boolean,
): string {
  const key = `${query.select?.join(",") ?? "*"}|${query.expand}|${immutable}`;
  const kept = json.get(contact);
  if (kept?.key === key) return kept.text;
  const made = JSON.stringify(shown(contact, query, immutable));
  json.set(contact, { key, text: made });
  return made;
}

function shown(
  contact: ContactState,
  { select, expand }: Pick<Query, "select" | "expand">,
  immutable: boolean,
): Body {
  const { changeKey, createdDateTime, lastModifiedDateTime, folder } = contact;
  const own: Body = {
    id: shownId(contact.id, immutable),
    changeKey,
    createdDateTime,
    lastModifiedDateTime,
    parentFolderId: folder ?? "default",
  };
  const types = propertiesOf("contact");
  const value = (name: string): unknown =>
    name in own ? own[name] : readBack(name, types[name] ?? "String", contact.properties[name]);
  const names = select ?? Object.keys(types);
  const marks = expandedMarks(contact, expand);
  return {
    "@odata.etag": `W/"${changeKey}"`,
    id: own["id"],
    ...Object.fromEntries(names.map((name) => [name, value(name)])),
    ...(marks.length === 0 ? {} : { singleValueExtendedProperties: marks }),
  };
}

function readBack(name: string, type: string, value: unknown): unknown {
  if (type.endsWith("[]")) return value ?? [];
  if (type === "physicalAddress")
    return Object.fromEntries(Object.entries(value ?? {}).filter(([, part]) => part !== null && part !== ""));
  if (value === undefined || value === null || value === "") return emptyText.has(name) ? "" : null;
  return type === "DateTimeOffset" && typeof value === "string"
    ? new Date(value).toISOString().replace(".000Z", "Z")
    : value;
}

/** @throws {Refusal} when something else than marks by id is asked for */
export function expandedMarks({ extended }: Pick<ContactState, "extended">, expand: string): readonly Mark[] {
  if (expand === "") return [];
  const filter = /^singleValueExtendedProperties\(\$filter=(.+)\)$/.exec(expand)?.[1];
  if (filter === undefined)
    throw new Refusal(400, "ErrorInvalidUrlQuery", `$expand=${expand} is not supported.`);
  const ids = [...filter.matchAll(/id eq '([^']+)'/g)].map((match) => match[1] ?? "");
  return ids.flatMap((id) => {
    const value = extended[id];
    return value === undefined || value === "" ? [] : [{ id, value }];
  });
}

const regular = "AAMkRegular-";

export function shownId(id: string, immutable: boolean): string {
  return immutable ? id : regular + id;
}

/** Both kinds of id name the same item. */
export function keptId(id: string): string {
  return id.startsWith(regular) ? id.slice(regular.length) : id;
}

/** What a filter sees. */
export function filterScope({ properties, extended }: ContactState): Body {
  return {
    ...properties,
    singleValueExtendedProperties: Object.entries(extended).map(([id, value]) => ({ id, value })),
  };
}
