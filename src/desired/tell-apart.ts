import type { MailContactsSync } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";

/**
 * The display names of a sync's mail contacts, with prefix and suffix. When several people share a name, the local part
 * of their address is appended to each, or the whole address if the local part is shared too. All of them get it, so
 * that no name depends on who was there first.
 *
 * @returns names by key, independent of the order of the contacts
 */
export function displayNames(
  contacts: readonly DesiredContact[],
  { to: { displayName } }: MailContactsSync,
): ReadonlyMap<string, string> {
  const { prefix, suffix, unique } = displayName;
  const names = contacts.map((contact) => ({
    key: contact.key,
    name: contact.fields.displayName ?? "",
    address: contact.fields.emailAddresses?.[0] ?? "",
  }));
  const homonyms = grouped(names, ({ name }) => name.toLowerCase());
  const namesakes = grouped(names, ({ name, address }) =>
    JSON.stringify([name, localPart(address)]).toLowerCase(),
  );
  return new Map(
    names.map((one) => {
      const { key, name, address } = one;
      const isUnique = !unique || homonyms(one) === 1 || address === "";
      const mark = namesakes(one) === 1 ? localPart(address) : address;
      return [key, `${prefix}${name}${isUnique ? "" : ` (${mark})`}${suffix}`];
    }),
  );
}

function grouped<Item>(items: readonly Item[], nameOf: (item: Item) => string): (item: Item) => number {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return (item) => counts.get(nameOf(item)) ?? 0;
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf("@"));
}
