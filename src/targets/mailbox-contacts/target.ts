import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailboxContactsSync } from "../../model/config.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { fieldsOf } from "../../model/contact-fields.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { BookReading, Target } from "../../model/target.ts";
import { canonicalize } from "./canonicalize.ts";
import { findFolder } from "./folder.ts";
import { listMailboxes } from "./mailboxes.ts";
import { asBookError } from "./problems.ts";
import { readBook } from "./read-book.ts";

/** Contacts in a folder, or in the default Contacts folder, of mailboxes of a tenant. */
export function mailboxContactsTarget(
  sync: MailboxContactsSync,
  world: { readonly graph: GraphReader; readonly tenantId: string },
): Target {
  return {
    fields: fieldsOf("mailbox-contacts"),
    canonicalize,
    books: (signal) => listMailboxes(sync.to, world, signal),
    read: (book, fields, signal) => read(sync, world.graph, book, fields, signal),
    // A mailbox may hold any number of contacts with one address.
    conflicts: () => Promise.resolve([]),
    forecastSeconds: () => null,
  };
}

async function read(
  sync: MailboxContactsSync,
  graph: GraphReader,
  book: BookRef,
  fields: readonly ContactField[],
  signal: AbortSignal,
): Promise<BookReading> {
  try {
    const folder = book.folder === null ? null : await findFolder(graph, book, sync.owner, signal);
    // Not made yet, which only a writer does: a book without contacts.
    if (book.folder !== null && folder === null) return { live: [], isWhole: true, isOurs: false };
    const query = { folderId: folder?.id ?? null, owner: sync.owner, fields };
    const pages: (readonly LiveContact[])[] = [];
    for await (const page of readBook(graph, book, query, signal)) pages.push(page);
    const isOurs = folder !== null && folder.marker !== null;
    return { live: pages.flat(), isWhole: folder !== null, isOurs };
  } catch (error) {
    throw asBookError(error, book);
  }
}
