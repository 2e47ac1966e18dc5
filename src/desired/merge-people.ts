import { isMailContactsSync } from "../model/config.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Person } from "../model/person.ts";
import { isGalopsAlias } from "../model/galops-alias.ts";
import { evaluateFor } from "./evaluate-for.ts";
import type { CompiledSync } from "./compile-sync.ts";
import { ownAddresses } from "./own-addresses.ts";

/**
 * Merges the people of a sync's sources, each person once, ordered by key. The first source in `from` that contains a
 * person wins.
 *
 * Two entries of different sources are the same person when their keys are equal, or when the mail address of one is
 * among the other's own addresses (user principal name included). People of the same source may share an address (two
 * rows for one front desk), and all people may share a name; both are kept. The sync's `where` is evaluated for the
 * entry that won, so that a person whom it drops does not return from a later source. A `where` that depends on the
 * mailbox is left to `desiredContacts`.
 *
 * @param people - by name of source; complete, in any order
 * @throws {IncompleteError} when a `where` has no value for a person
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
    // Filter all before adding any, so that only people of earlier sources count as known.
    const added = candidates.filter(
      (person) => (where === undefined || evaluateFor(where, person, null)) && !isKnown(person),
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
  return merged.filter((person) => evaluateFor(where, person, null));
}

/** Mail contacts created by galops represent people of another tenant, and must not travel on or back. */
function isMadeByGalops({ kind, mailNickname }: Person): boolean {
  return kind === "org-contact" && isGalopsAlias(mailNickname);
}
