import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailboxContactsSync } from "../../model/config.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { fieldsOf } from "../../model/contact-fields.ts";
import type { BookReading, Target } from "../../model/target.ts";
import { canonicalize } from "./fields/canonicalize.ts";
import { listFormerMailboxes, listMailboxes } from "./mailboxes.ts";
import type { MailboxesWorld } from "./mailboxes.ts";
import { asBookError } from "./problems.ts";
import { readEverywhere } from "./folders/read-everywhere.ts";

/** Creates a target for contacts in mailboxes of a tenant, in a folder or the default Contacts folder. */
export function mailboxContactsTarget(sync: MailboxContactsSync, world: MailboxesWorld): Target {
  return {
    fields: fieldsOf("mailbox-contacts"),
    canonicalize,
    books: (signal) => listMailboxes(sync, world, signal),
    formerBooks: (known, signal) => listFormerMailboxes(sync.to, world, known, signal),
    read: (book, fields, signal) => read(sync, world.graph, book, fields, signal),
    // A mailbox may contain several contacts with the same address.
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
    const { owner, policy } = sync;
    return await readEverywhere({ graph, book, owner, fields, movesAway: policy === "sync", signal });
  } catch (error) {
    throw asBookError(error, book);
  }
}
