import type { MailContactsSync } from "../model/config.ts";
import type { DesiredContact } from "../model/contact.ts";

interface Named {
  readonly name: string;
  readonly address: string;
}

/** Ways to write a name, each telling more people apart than the one before; an address belongs to one person only. */
const forms: readonly ((named: Named) => string)[] = [
  ({ name }) => name,
  ({ name, address }) => `${name} (${address.slice(0, address.lastIndexOf("@"))})`,
  ({ name, address }) => `${name} (${address})`,
];

/**
 * The display names of a sync's mail contacts, with prefix and suffix. When several people share a name, the local part
 * of their address is appended to each, or the whole address if that is shared too, also with the name that somebody
 * has anyway. All of them get it, so that no name depends on who was there first.
 *
 * @returns names by key, independent of the order of the contacts
 */
export function displayNames(
  contacts: readonly DesiredContact[],
  { to: { displayName } }: MailContactsSync,
): ReadonlyMap<string, string> {
  const { prefix, suffix, unique } = displayName;
  const people = contacts.map(({ key, fields }) => ({
    key,
    named: { name: fields.displayName ?? "", address: fields.emailAddresses?.[0] ?? "" },
  }));
  const names = unique
    ? toldApart(people.map(({ named }) => named))
    : people.map(({ named: { name } }) => name);
  return new Map(people.map(({ key }, at) => [key, `${prefix}${names[at] ?? ""}${suffix}`]));
}

function toldApart(people: readonly Named[]): readonly string[] {
  const levels = people.map(() => 0);
  const nameAt = (named: Named, at: number): string => forms[levels[at] ?? 0]?.(named) ?? named.name;
  for (;;) {
    const names = people.map(nameAt);
    const shared = counted(names.map((name) => name.toLowerCase()));
    let isSettled = true;
    for (const [at, name] of names.entries()) {
      const level = levels[at] ?? 0;
      const canRise = level + 1 < forms.length && people[at]?.address !== "";
      if (shared.get(name.toLowerCase()) === 1 || !canRise) continue;
      levels[at] = level + 1;
      isSettled = false;
    }
    if (isSettled) return names;
  }
}

function counted(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
