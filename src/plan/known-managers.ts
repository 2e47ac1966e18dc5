import type { DesiredContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { HashValue } from "../model/digest.ts";
import type { Change } from "../model/plan.ts";

/**
 * The contacts with managers as they will be, since in mail contacts a manager is another contact: none where that
 * one cannot be made, and by his old address where it cannot be changed. Or the same would be planned for ever.
 *
 * @param unmade - changes that will not be made
 * @returns `desired` itself where nobody is concerned
 */
export function withKnownManagers(
  desired: readonly DesiredContact[],
  unmade: readonly Change[],
  hash: HashValue,
): readonly DesiredContact[] {
  const instead = new Map(unmade.flatMap(addressesOf));
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

/** The address that somebody should have had, and the one that he has: "" for none. */
function addressesOf(change: Change): readonly (readonly [string, string])[] {
  const field = change.fields.find((one) => one.field === "emailAddresses");
  const after = typeof field?.after === "object" ? field.after?.[0] : undefined;
  const before = typeof field?.before === "object" ? field.before?.[0] : undefined;
  return after === undefined ? [] : [[after.toLowerCase(), (before ?? "").toLowerCase()]];
}
