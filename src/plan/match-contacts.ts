import type { DesiredContact, LiveContact } from "../model/contact.ts";
import { oldestFirst } from "../model/order.ts";
import { isGalopsAlias } from "../model/galops-alias.ts";

export interface Pair {
  readonly desired: DesiredContact;
  readonly live: LiveContact;
  /** True when the live contact's marker has another key that is no longer desired. */
  readonly rekeyed: boolean;
}

/** Every desired contact is in `pairs` or `missing`; every live contact is in `pairs`, `gone` or `duplicates`. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly missing: readonly DesiredContact[];
  /** Live contacts whose key is no longer desired. */
  readonly gone: readonly LiveContact[];
  /** Contacts of desired people that have an older contact with the same key. */
  readonly duplicates: readonly Duplicate[];
}

export interface Duplicate {
  readonly live: LiveContact;
  /** The pair whose contact stays. */
  readonly of: Pair;
}

const noContacts: readonly LiveContact[] = [];

/**
 * Finds the live contact of each desired one: by key, or else by a mail address if the match is unambiguous.
 *
 * @param own - all contacts of ours in one book, in any order
 * @throws Error when a key is desired twice, which merging people rules out
 */
export function matchContacts(desired: readonly DesiredContact[], own: readonly LiveContact[]): Matching {
  const byKey = groupByKey(own);
  const halfMade = new Map(own.filter(isHalfMade).map((live) => [live.fields.alias ?? "", live]));
  const pairs: Pair[] = [];
  const missing: DesiredContact[] = [];
  const duplicates: Duplicate[] = [];
  const seen = new Set<string>();
  for (const contact of desired) {
    if (seen.has(contact.key)) throw new Error(`The key ${contact.key} is desired twice in one book.`);
    seen.add(contact.key);
    const group = byKey.get(contact.key) ?? noContacts;
    const live = group[0];
    const begun = live === undefined ? halfMade.get(contact.fields.alias ?? "") : undefined;
    if (begun !== undefined) {
      seen.add(keyOf(begun));
      pairs.push({ desired: contact, live: begun, rekeyed: false });
    } else if (live === undefined) missing.push(contact);
    else {
      const pair = { desired: contact, live, rekeyed: false };
      pairs.push(pair);
      for (const other of group.slice(1)) duplicates.push({ live: other, of: pair });
    }
  }
  const left = [...byKey].flatMap(([key, group]) => (seen.has(key) ? [] : [group]));
  const rekeyed = rekey(
    missing,
    left.flatMap((group) => group.slice(0, 1)),
  );
  const found = new Set(rekeyed.map((pair) => pair.desired));
  const pairOf = new Map(rekeyed.map((pair) => [pair.live, pair]));
  const gone: LiveContact[] = [];
  for (const [oldest, ...others] of left) {
    const pair = oldest && pairOf.get(oldest);
    if (pair === undefined) gone.push(...(oldest === undefined ? [] : [oldest]), ...others);
    else duplicates.push(...others.map((live) => ({ live, of: pair })));
  }
  return {
    pairs: [...pairs, ...rekeyed],
    missing: missing.filter((contact) => !found.has(contact)),
    gone,
    duplicates,
  };
}

/** Groups contacts by key, the oldest of each group first. */
function groupByKey(own: readonly LiveContact[]): Map<string, LiveContact[]> {
  const groups = new Map<string, LiveContact[]>();
  for (const live of own) append(groups, keyOf(live), live);
  for (const group of groups.values()) if (group.length > 1) group.sort(oldestFirst);
  return groups;
}

/**
 * Whether a run was interrupted between creating a contact and marking it. The alias is set with the create; it is a
 * hash of sync and person that nothing but galops sets.
 */
export function isHalfMade({ marker, fields }: LiveContact): boolean {
  return marker === null && isGalopsAlias(fields.alias ?? "");
}

/** Stands where keys have the name of a source, in those of contacts without a marker. */
export const unmarked = "unmarked";

/** The key of the person a contact stands for. Without a marker it is made of the contact's id in the target. */
export function keyOf({ marker, id }: LiveContact): string {
  return marker?.key ?? `${unmarked}/${id}`;
}

/** Pairs desired and live contacts that share an address with each other and with no other contact. */
function rekey(missing: readonly DesiredContact[], left: readonly LiveContact[]): readonly Pair[] {
  if (missing.length === 0 || left.length === 0) return [];
  const byAddress = new Map<string, DesiredContact[]>();
  for (const desired of missing) {
    for (const address of new Set(desired.addresses)) append(byAddress, address, desired);
  }
  const livesOf = new Map<DesiredContact, LiveContact[]>();
  const onlyMatch = new Map<LiveContact, DesiredContact>();
  for (const live of left) {
    const addresses = (live.fields.emailAddresses ?? []).map((address) => address.toLowerCase());
    const matches = new Set(addresses.flatMap((address) => byAddress.get(address) ?? []));
    for (const desired of matches) append(livesOf, desired, live);
    const [only, another] = matches;
    if (only !== undefined && another === undefined) onlyMatch.set(live, only);
  }
  return [...onlyMatch].flatMap(([live, desired]) =>
    livesOf.get(desired)?.length === 1 && !wouldKeepPicture(desired, live)
      ? [{ desired, live, rekeyed: live.marker !== null }]
      : [],
  );
}

/**
 * Whether the contact would keep the picture of the person with the old key. Graph cannot delete a contact's picture,
 * and the address may have been given to another person.
 */
function wouldKeepPicture({ fields }: DesiredContact, { marker }: LiveContact): boolean {
  return (fields.photo ?? "") === "" && marker !== null && marker.photo !== "";
}

function append<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
