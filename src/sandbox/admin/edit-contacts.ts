import { createdContact, updatedContact } from "../graph/mailbox/contact-writes.ts";
import type { Store } from "../store/store.ts";
import { deletedChange } from "../tenant/deleted-items.ts";
import type { Contact, Mailbox } from "../tenant/tenant.ts";
import { GraphProblem } from "../wire/graph-problem.ts";
import { contactNamed, mailboxNamedBy } from "./find.ts";
import { SandboxEditError } from "./sandbox-edit-error.ts";
import { writtenValues } from "./written-values.ts";
import type { TypedValues } from "./written-values.ts";

/**
 * The edits that users make by hand to contacts in their own mailboxes. A contact is named by its display name or by
 * its id in the file. Each function throws SandboxEditError for an impossible edit, and then changes nothing.
 */

/** The mailbox that is edited, and the time. */
export interface ByHand {
  /** Address or id of the user. */
  readonly mailbox: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly at: string;
}

/**
 * Creates a contact.
 *
 * @param folder - display name; null for the default folder
 * @returns the contact's id in the file
 */
export function addContact(
  store: Store,
  { mailbox: who, at }: ByHand,
  folder: string | null,
  values: TypedValues,
): string {
  const mailbox = mailboxNamedBy(store.state, who);
  const id = `c${store.nextNumber()}`;
  const body = { givenName: "", ...writtenValues("contact", values) };
  const value = asGraphWould(() => createdContact(body, { id, folder: folderNamed(mailbox, folder), at }));
  store.commit([{ put: "contact", user: mailbox.user, value }]);
  return id;
}

export function editContact(
  store: Store,
  { mailbox: who, at }: ByHand,
  name: string,
  values: TypedValues,
): void {
  const mailbox = mailboxNamedBy(store.state, who);
  const contact = contactNamed(mailbox, name);
  const written = writtenValues("contact", values);
  const value = asGraphWould(() => updatedContact(contact, written, at));
  store.commit([{ put: "contact", user: mailbox.user, value }]);
}

/** Copies a contact including its marker, which the user cannot see. @returns the copy's id in the file */
export function copyContact(store: Store, { mailbox: who, at }: ByHand, name: string): string {
  const mailbox = mailboxNamedBy(store.state, who);
  const original: Contact = contactNamed(mailbox, name);
  const id = `c${store.nextNumber()}`;
  const value: Contact = { ...original, id, version: 1, createdDateTime: at, lastModifiedDateTime: at };
  store.commit([{ put: "contact", user: mailbox.user, value }]);
  return id;
}

export function deleteContact(store: Store, { mailbox: who }: Pick<ByHand, "mailbox">, name: string): void {
  const mailbox = mailboxNamedBy(store.state, who);
  const { id } = contactNamed(mailbox, name);
  store.commit([{ drop: "contact", user: mailbox.user, id }, deletedChange(mailbox, 1)]);
}

function folderNamed({ folders }: Mailbox, name: string | null): string | null {
  if (name === null) return null;
  const folder = [...folders.values()].find(({ displayName }) => displayName === name);
  if (folder !== undefined) return folder.id;
  throw new SandboxEditError(`The mailbox has no folder named ${name}.`);
}

function asGraphWould(write: () => Contact): Contact {
  try {
    return write();
  } catch (error) {
    throw error instanceof GraphProblem ? new SandboxEditError(error.message) : error;
  }
}
