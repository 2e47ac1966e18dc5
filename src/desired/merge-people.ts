import { isMailContactsSync } from "../model/config.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Person } from "../model/person.ts";
import { isGalopsAlias } from "../model/galops-alias.ts";
import { ask } from "./ask.ts";
import type { CompiledSync } from "./compile-sync.ts";
import { ownAddresses } from "./own-addresses.ts";

/**
 * The people of a sync, each once, ordered by key: sources in the order of `from`, the first that has a person wins.
 *
 * Somebody is recognized in a later source by key, or when the mail address of one is any address of the other that
 * is its own, the user principal name included. Two people may share an address within one source (two rows for one front desk), and
 * a name anywhere: both stay. A sync's `where` is asked of who won, so a person that it drops does not come back from
 * a later source. One that asks for the mailbox is left to `desiredContacts`.
 *
 * @param people - by name of source, complete, in any order
 * @throws {IncompleteError} when a `where` has no value for somebody
 */
export function mergePeople(
  compiled: CompiledSync,
  people: ReadonlyMap<string, readonly Person[]>,
): readonly Person[] {
  const mayTravel = (person: Person): boolean =>
    !isMailContactsSync(compiled.sync) || !isMadeByGalops(person);
  const byKey = new Map<string, Person>();
  const mails = new Set<string>();
  const addresses = new Set<string>();
  const isKnown = (person: Person): boolean =>
    byKey.has(person.key) ||
    (person.mail !== "" && addresses.has(person.mail.toLowerCase())) ||
    ownAddresses(person).some((name) => mails.has(name));
  for (const name of compiled.sync.from) {
    const where = compiled.sourceWhere.get(name);
    const candidates = (people.get(name) ?? [])
      .filter(mayTravel)
      .toSorted((one, other) => byCodeUnit(one.key, other.key));
    // Asked of all before any is added, so that only people of earlier sources count.
    const added = candidates.filter(
      (person) => (where === undefined || ask(where, person, null)) && !isKnown(person),
    );
    for (const person of added) {
      byKey.set(person.key, person);
      if (person.mail !== "") mails.add(person.mail.toLowerCase());
      for (const address of ownAddresses(person)) addresses.add(address);
    }
  }
  const { where } = compiled;
  const merged = [...byKey.values()].toSorted((one, other) => byCodeUnit(one.key, other.key));
  if (where === null || where.compiled.usesMailbox) return merged;
  return merged.filter((person) => ask(where, person, null));
}

/** A mail contact that galops made is somebody of another tenant; as a person of this one he would travel on, or back. */
function isMadeByGalops({ kind, mailNickname }: Person): boolean {
  return kind === "org-contact" && isGalopsAlias(mailNickname);
}
