import { isCollection, propertyNames, propertyType } from "../../odata/edm.ts";
import type { Contact, Json } from "../../tenant/tenant.ts";
import { expandedJson } from "./extended-properties.ts";
import { shownId } from "./item-ids.ts";

/**
 * Renders contacts as JSON. A run has tens of thousands of them, so they are concatenated as text from precomputed
 * pieces.
 */

/** Texts that are "" when empty; others are null. Graph mixes both in one answer. */
const emptyTexts: ReadonlySet<string> = new Set(["assistantName", "manager", "personalNotes", "spouseName"]);

/** Properties of every contact that are not stored under these names. */
const ours: ReadonlySet<string> = new Set(["id", "changeKey", "parentFolderId"]);

/** Properties that Graph returns only when selected. */
const onlySelected: ReadonlySet<string> = new Set([
  "primaryEmailAddress",
  "secondaryEmailAddress",
  "tertiaryEmailAddress",
]);

/** What an answer contains for each contact. */
export interface ContactShape {
  /** Null for all properties. */
  readonly select: readonly string[] | null;
  /** The ids of the extended properties to return. */
  readonly expand: readonly string[];
  readonly immutable: boolean;
}

export type RenderContact = (contact: Contact, tag: string) => string;

/** Creates a renderer for the contacts of one mailbox. It returns JSON without the enclosing braces. */
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

/** The value that Graph returns for an empty property. */
export function emptyValue(name: string): Json {
  const type = propertyType("contact", name) ?? "";
  if (isCollection(type)) return [];
  if (type === "physicalAddress") return {};
  return emptyTexts.has(name) ? "" : null;
}

function valueJson(name: string, value: unknown): string {
  // Exchange stores the body of an item with CRLF line breaks.
  if (name === "personalNotes" && typeof value === "string") {
    return JSON.stringify(value.replaceAll(/\r?\n/g, "\r\n"));
  }
  return JSON.stringify(value);
}

/**
 * The change key, which changes with every write. It also depends on the contents, so that a contact that was edited in
 * the file counts as changed.
 */
export function changeKeyOf(contact: Contact): string {
  const hash = mixed(contact, 0x811c9dc5) >>> 0;
  return `EQAAABYAAAD${contact.version.toString(36).padStart(6, "0")}${hash.toString(36).padStart(7, "0")}`;
}

/**
 * FNV-1a over all texts and numbers in a value. Of property names, the length and the last character are enough here.
 */
function mixed(value: unknown, start: number): number {
  if (typeof value === "string") return mixedText(value, start);
  if (typeof value !== "object" || value === null) return mixedText(String(value), start);
  let hash = start;
  // Object.entries would allocate an array for each property of each contact.
  for (const key of Object.keys(value)) {
    hash = Math.imul(hash ^ (key.length * 256 + key.charCodeAt(key.length - 1)), prime);
    const item = (value as Readonly<Record<string, unknown>>)[key]; // one of its own keys
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
