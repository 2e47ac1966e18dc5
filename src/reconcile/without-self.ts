import type { BookRef } from "../model/book.ts";
import { ownAddresses } from "../desired/own-addresses.ts";
import type { DesiredContact } from "../model/contact.ts";

/** Removes the mailbox's own user from its contacts, recognized by key or by an address that only they have. */
export function withoutSelf(
  contacts: readonly DesiredContact[],
): (book: BookRef) => readonly DesiredContact[] {
  const byName = new Map<string, DesiredContact[]>();
  for (const contact of contacts) {
    for (const name of new Set([contact.key, ...contact.addresses])) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [contact]);
      else known.push(contact);
    }
  }
  return ({ person }) => {
    if (person === null) return contacts;
    const self = new Set([person.key, ...ownAddresses(person)].flatMap((name) => byName.get(name) ?? []));
    return self.size === 0 ? contacts : contacts.filter((contact) => !self.has(contact));
  };
}
