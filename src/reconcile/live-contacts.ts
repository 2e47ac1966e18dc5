import type { BookRef } from "../model/book.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Target } from "../model/target.ts";

/** All contacts of a book. @throws {BookError} when it could not be read completely */
export async function liveContacts(
  target: Target,
  book: BookRef,
  fields: readonly ContactField[],
  signal: AbortSignal,
): Promise<readonly LiveContact[]> {
  const pages: (readonly LiveContact[])[] = [];
  for await (const page of target.read(book, fields, signal)) pages.push(page);
  return pages.flat();
}
