import type { BookRef } from "../../../model/book.ts";
import { isFolderOurs } from "./list-folders.ts";
import type { Folder } from "./list-folders.ts";
import { contactsPath } from "../graph-contact.ts";

/** Where the contacts of a book are in its mailbox; `missing` when the configured folder does not exist. */
export type Where =
  | { readonly kind: "default" }
  | { readonly kind: "missing" }
  | { readonly kind: "folder"; readonly folder: Folder };

/** Whether copies may be deleted there, as `isOurs` in BookReading. */
export function mayRemoveCopies(where: Where): boolean {
  return where.kind === "folder" && isFolderOurs(where.folder);
}

/** Id of the folder, null for the default folder. @throws Error when it is missing */
export function folderIdOf(where: Where): string | null {
  if (where.kind === "missing") throw new Error("There is no folder to read or write.");
  return where.kind === "folder" ? where.folder.id : null;
}

/** Graph path of the contacts. @throws as `folderIdOf` */
export function pathOf(book: BookRef, where: Where): string {
  return contactsPath(book, folderIdOf(where));
}
