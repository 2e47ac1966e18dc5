import { encode } from "../../http/graph/odata.ts";
import type { BookRef } from "../../model/book.ts";
import type { Lane } from "../../http/graph/graph.ts";

/** What a contact as Graph gives it says of its person: whatever properties were asked for. */
export interface CommonProperties {
  readonly singleValueExtendedProperties?: readonly ExtendedProperty[] | null;
  readonly [property: string]: unknown;
}

/** A contact as Graph gives it. */
export interface GraphContact extends CommonProperties {
  readonly id: string;
  readonly changeKey?: string | null;
  readonly createdDateTime?: string | null;
  /** All other properties, where the contact shares them with others that say the same (http/graph/alike-items.ts). */
  readonly common?: CommonProperties;
}

/** One named property of an item; `id` is `String {namespace} Name name`. */
export interface ExtendedProperty {
  readonly id: string;
  readonly value: string | null;
}

/**
 * Asks for ids that stay when a contact is moved inside its mailbox. Sent with every request about contacts, since
 * Graph answers with the other kind of id where it is missing.
 *
 * @see https://learn.microsoft.com/en-us/graph/outlook-immutable-id
 */
export const immutableIds: Readonly<Record<string, string>> = { Prefer: 'IdType="ImmutableId"' };

export function laneOf(book: BookRef): Lane {
  return `mailbox:${book.id}`;
}

/** Path of a mailbox. */
export function mailboxPath(book: BookRef): string {
  return `/users/${encode(book.id)}`;
}

/** Path of the contacts of a folder; of the default folder for null. */
export function contactsPath(book: BookRef, folderId: string | null): string {
  const folder = folderId === null ? "" : `/contactFolders/${encode(folderId)}`;
  return `${mailboxPath(book)}${folder}/contacts`;
}

/** Path of one contact, whichever folder it is in. */
export function contactPath(book: BookRef, id: string): string {
  return `${mailboxPath(book)}/contacts/${encode(id)}`;
}
