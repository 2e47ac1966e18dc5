import { isCollection, propertyNames, propertyType } from "../../odata/edm.ts";
import type { Contact, Json } from "../../tenant/tenant.ts";
import { expandedJson } from "./extended-properties.ts";
import { shownId } from "./item-ids.ts";

/**
 * Contacts as Graph writes them. There are tens of thousands of them in a run, so they are put together as text, from
 * pieces that are the same for all.
 */

/** Texts that are "" when they are empty; the others are null. Graph mixes them in one answer. */
const emptyTexts: ReadonlySet<string> = new Set(["assistantName", "manager", "personalNotes", "spouseName"]);

/** Given with every contact, and not stored under these names. */
const ours: ReadonlySet<string> = new Set(["id", "changeKey", "parentFolderId"]);

/** Not in Graph's answers unless they are selected. */
const onlySelected: ReadonlySet<string> = new Set([
  "primaryEmailAddress",
  "secondaryEmailAddress",
  "tertiaryEmailAddress",
]);

/** What an answer has of each contact. */
export interface ContactShape {
  /** Null for everything. */
  readonly select: readonly string[] | null;
  /** Ids of the extended properties to give. */
  readonly expand: readonly string[];
  readonly immutable: boolean;
}

export type RenderContact = (contact: Contact, tag: string) => string;

/** A renderer for contacts of one mailbox and one form; what it gives is JSON without the braces. */
export function contactRenderer({ select, expand, immutable }: ContactShape): RenderContact {
  const names = select ?? propertyNames("contact").filter((name) => !onlySelected.has(name));
  const stored = names.filter((name) => !ours.has(name)).map((name) => piece(name));
  const withChangeKey = names.includes("changeKey");
  const withFolder = names.includes("parentFolderId");
  const form = immutable ? "immutable" : "regular";
  return (contact, tag) => {
    const changeKey = changeKeyOf(contact);
    let json = `"@odata.etag":"W/\\"${changeKey}\\"","id":"${shownId(form, tag, contact.id)}"`;
    if (withChangeKey) json += `,"changeKey":"${changeKey}"`;
    if (withFolder) json += `,"parentFolderId":"${shownId("folder", tag, contact.folder ?? "")}"`;
    for (const { name, start, empty } of stored) {
      const value = contact[name];
      if (value === undefined) json += empty;
      else json += start + valueJson(name, value);
    }
    return json + expandedJson(contact.extendedProperties, expand);
  };
}

function piece(name: string): { readonly name: string; readonly start: string; readonly empty: string } {
  const start = `,"${name}":`;
  return { name, start, empty: start + JSON.stringify(emptyValue(name)) };
}

/** How Graph says that a property is empty. */
export function emptyValue(name: string): Json {
  const type = propertyType("contact", name) ?? "";
  if (isCollection(type)) return [];
  if (type === "physicalAddress") return {};
  return emptyTexts.has(name) ? "" : null;
}

function valueJson(name: string, value: unknown): string {
  // Exchange keeps the body of an item with its own ends of lines.
  if (name === "personalNotes" && typeof value === "string") {
    return JSON.stringify(value.replaceAll(/\r?\n/g, "\r\n"));
  }
  return JSON.stringify(value);
}

/**
 * Another one after every write. It also depends on what the contact holds, so that a contact that was changed in the
 * file by hand is known to have changed.
 */
export function changeKeyOf(contact: Contact): string {
  const hash = mixed(contact, 0x811c9dc5) >>> 0;
  return `EQAAABYAAAD${contact.version.toString(36).padStart(6, "0")}${hash.toString(36).padStart(7, "0")}`;
}

/** FNV-1a over all text and numbers in a value. Of the names of properties, length and end are enough here. */
function mixed(value: unknown, start: number): number {
  if (typeof value === "string") return mixedText(value, start);
  if (typeof value !== "object" || value === null) return mixedText(String(value), start);
  let hash = start;
  // Not Object.entries, which makes a list for each property of each contact.
  for (const key of Object.keys(value)) {
    hash = Math.imul(hash ^ (key.length * 256 + key.charCodeAt(key.length - 1)), prime);
    const item = (value as Readonly<Record<string, unknown>>)[key]; // its own key
    hash = typeof item === "string" ? mixedText(item, hash) : mixed(item, hash);
  }
  return hash;
}

function mixedText(text: string, start: number): number {
  let hash = start;
  const { length } = text;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), prime);
  return Math.imul(hash ^ 0xff, prime);
}

const prime = 0x01000193;
