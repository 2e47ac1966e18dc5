import { encode } from "../../http/graph/odata.ts";
import type { BookRef } from "../../model/book.ts";
import type { Lane } from "../../http/graph/graph.ts";

/** The requested properties of a contact as Graph returns them. */
export interface CommonProperties {
  readonly singleValueExtendedProperties?: readonly ExtendedProperty[] | null;
  readonly [property: string]: unknown;
}

/** A contact as Graph returns it. */
export interface GraphContact extends CommonProperties {
  readonly id: string;
  readonly changeKey?: string | null;
  readonly createdDateTime?: string | null;
  /** All other properties, if they are shared with other contacts that have the same (http/graph/alike-items.ts). */
  readonly common?: CommonProperties;
}

/** A named property of an item; `id` is `String {namespace} Name name`. */
export interface ExtendedProperty {
  readonly id: string;
  readonly value: string | null;
}

/**
 * Requests ids that stay the same when a contact moves within its mailbox. Every request about contacts must send it,
 * because Graph returns the other kind of id without it.
 *
 * @see https://learn.microsoft.com/en-us/graph/outlook-immutable-id
 */
export const immutableIds: Readonly<Record<string, string>> = { Prefer: 'IdType="ImmutableId"' };

export function laneOf(book: BookRef): Lane {
  return `mailbox:${book.id}`;
}

export function mailboxPath(book: BookRef): string {
  return `/users/${encode(book.id)}`;
}

/** Path of the contacts of a folder. @param folderId - null for the default folder */
export function contactsPath(book: BookRef, folderId: string | null): string {
  const folder = folderId === null ? "" : `/contactFolders/${encode(folderId)}`;
  return `${mailboxPath(book)}${folder}/contacts`;
}

/** Path of a contact in any folder. */
export function contactPath(book: BookRef, id: string): string {
  return `${mailboxPath(book)}/contacts/${encode(id)}`;
}
