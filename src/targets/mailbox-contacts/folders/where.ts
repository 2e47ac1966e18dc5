import type { BookRef } from "../../../model/book.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";
import { contactsPath } from "../graph-contact.ts";

/** Where in its mailbox the contacts of a book are; `missing` where the config names a folder that is not there. */
export type Where =
  | { readonly kind: "default" }
  | { readonly kind: "missing" }
  | { readonly kind: "folder"; readonly folder: Folder };

/** Whether copies are removed from there (as in BookReading). */
export function mayRemoveCopies(where: Where): boolean {
  return where.kind === "folder" && isFolderOurs(where.folder);
}

/** Id of a folder, null for the default one. @throws where there is none */
export function folderIdOf(where: Where): string | null {
  if (where.kind === "missing") throw new Error("There is no folder to read or write.");
  return where.kind === "folder" ? where.folder.id : null;
}

/** Path of the contacts there. @throws as `folderIdOf` */
export function pathOf(book: BookRef, where: Where): string {
  return contactsPath(book, folderIdOf(where));
}
