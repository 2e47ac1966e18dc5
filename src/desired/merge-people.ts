import type { Diagnostic } from "../model/diagnostic.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Person } from "../model/person.ts";
import { ask } from "./ask.ts";
import type { CompiledSync } from "./compile-sync.ts";

/**
 * The people of a sync, each once, ordered by key: sources in the order of `from`, the first that has a person wins.
 *
 * Somebody is recognized in a later source by key, or when the mail address there is any address of somebody already
 * known. Within one source two people may share an address (a row each for two people at one front desk): both stay.
 * A sync's `where` that asks for the mailbox is left to `desiredContacts`.
 *
 * @param people - by name of source, complete, in any order
 * @throws {IncompleteError} when a `where` has no value for somebody
 */
export function mergePeople(
  compiled: CompiledSync,
  people: ReadonlyMap<string, readonly Person[]>,
): { people: readonly Person[]; diagnostics: readonly Diagnostic[] } {
  const byKey = new Map<string, Person>();
  const addresses = new Set<string>();
  for (const name of compiled.sync.from) {
    const where = compiled.sourceWhere.get(name);
    const candidates = (people.get(name) ?? []).toSorted((one, other) => byCodeUnit(one.key, other.key));
    const added: Person[] = [];
    for (const person of candidates) {
      if (where !== undefined && !ask(where, person, null)) continue;
      if (byKey.has(person.key) || (person.mail !== "" && addresses.has(person.mail.toLowerCase()))) continue;
      byKey.set(person.key, person);
      added.push(person);
    }
    for (const person of added) for (const address of addressesOf(person)) addresses.add(address);
  }
  const { where } = compiled;
  const merged = [...byKey.values()].toSorted((one, other) => byCodeUnit(one.key, other.key));
  const kept =
    where === null || where.compiled.usesMailbox
      ? merged
      : merged.filter((person) => ask(where, person, null));
  return { people: kept, diagnostics: [] };
}

/** Every mail address of a person in lower case. */
export function addressesOf({ mail, proxyAddresses, otherMails }: Person): readonly string[] {
  const all = [mail, ...proxyAddresses, ...otherMails].filter((address) => address !== "");
  return [...new Set(all.map((address) => address.toLowerCase()))];
}
