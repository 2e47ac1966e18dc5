import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailboxContactsSync } from "../../model/config.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { fieldsOf } from "../../model/contact-fields.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { Target } from "../../model/target.ts";
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

async function* read(
  sync: MailboxContactsSync,
  graph: GraphReader,
  book: BookRef,
  fields: readonly ContactField[],
  signal: AbortSignal,
): AsyncGenerator<readonly LiveContact[]> {
  try {
    const folder = book.dedicated ? await findFolder(graph, book, sync.owner, signal) : null;
    // Not made yet, which only a writer does: a book without contacts.
    if (book.dedicated && folder === null) return;
    const query = { folderId: folder?.id ?? null, owner: sync.owner, fields };
    yield* readBook(graph, book, query, signal);
  } catch (error) {
    throw asBookError(error, book);
  }
}
