import type { DesiredContact, UnfitContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Change } from "../model/plan.ts";

/** The desired address of a person, and the address that their contact really has; "" for none. */
type AddressEntry = readonly [known: string, has: string];

/**
 * Adjusts managers to the contacts that will exist, because the manager of a mail contact is another mail contact. A
 * manager whose contact cannot be created is removed; one whose contact cannot be changed is set by the old address.
 * Otherwise every plan would contain the same change again.
 *
 * @param instead - addresses of people who will not have the desired contact, mapped to the address to use instead
 * @returns `desired` itself when no manager is affected
 */
export function withKnownManagers(
  desired: readonly DesiredContact[],
  instead: ReadonlyMap<string, string>,
  hash: HashValue,
): readonly DesiredContact[] {
  if (instead.size === 0) return desired;
  const isAffected = ({ fields }: DesiredContact): boolean => instead.has(fields.manager ?? "");
  if (!desired.some(isAffected)) return desired;
  return desired.map((contact) => {
    const manager = instead.get(contact.fields.manager ?? "");
    if (manager === undefined) return contact;
    const fields = { ...contact.fields, manager };
    return { ...contact, fields, digest: encodeDigest(fields, hash) };
  });
}

/** The address entry of a change that will not be made; empty when the change has no address. */
export function addressesOf(change: Change): readonly AddressEntry[] {
  const after = addressIn(change, "after");
  return after === "" ? [] : [[after, addressIn(change, "before")]];
}

/**
 * Address entries of people whom the target cannot hold: one for each of their addresses that no desired contact has.
 *
 * @param changes - of the same book, including the withheld ones that keep these people's contacts
 */
export function addressesOfUnfit(
  unfit: readonly UnfitContact[],
  desired: readonly DesiredContact[],
  changes: readonly Change[],
): readonly AddressEntry[] {
  if (unfit.length === 0) return [];
  const byKey = new Map(changes.map((change) => [change.key, change]));
  const others = new Set(desired.map(({ fields }) => fields.emailAddresses?.[0] ?? ""));
  return unfit.flatMap(({ contact: { key, addresses } }) => {
    const change = byKey.get(key);
    const has = change === undefined ? "" : addressIn(change, "before");
    return addresses.filter((address) => !others.has(address)).map((address) => [address, has] as const);
  });
}

function addressIn(change: Change, when: "before" | "after"): string {
  const value = change.fields.find(({ field }) => field === "emailAddresses")?.[when];
  return typeof value === "object" ? (value?.[0] ?? "").toLowerCase() : "";
}
