import type { DesiredContact, UnfitContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Change } from "../model/plan.ts";

/** By an address of somebody the one that his contact has; "" for none. */
type AddressEntry = readonly [known: string, has: string];

/**
 * The contacts with managers as they will be, since in mail contacts a manager is another contact: none where that
 * one cannot be made, and by his old address where it cannot be changed. Or the same would be planned for ever.
 *
 * @param instead - of those who will not have the contact that they should
 * @returns `desired` itself where nobody is concerned
 */
export function withKnownManagers(
  desired: readonly DesiredContact[],
  instead: ReadonlyMap<string, string>,
  hash: HashValue,
): readonly DesiredContact[] {
  if (instead.size === 0) return desired;
  const isConcerned = ({ fields }: DesiredContact): boolean => instead.has(fields.manager ?? "");
  if (!desired.some(isConcerned)) return desired;
  return desired.map((contact) => {
    const manager = instead.get(contact.fields.manager ?? "");
    if (manager === undefined) return contact;
    const fields = { ...contact.fields, manager };
    return { ...contact, fields, digest: encodeDigest(fields, hash) };
  });
}

/** Of a change that will not be made. */
export function addressesOf(change: Change): readonly AddressEntry[] {
  const after = addressIn(change, "after");
  return after === "" ? [] : [[after, addressIn(change, "before")]];
}

/**
 * Of those whom the target cannot have, by whichever address others know them.
 *
 * @param changes - with those that keep what there is of them
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
