import type { MailContactsSync } from "../model/config.ts";
import type { ContactFields, DesiredContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { CanonicalWarning, Target } from "../model/target.ts";
import { fingerprint } from "./fingerprint.ts";
import { displayNames } from "./tell-apart.ts";

/** A person who is left out because of another one. */
export interface LeftOut {
  readonly contact: DesiredContact;
  readonly warning: CanonicalWarning;
}

const shared: CanonicalWarning = {
  field: "emailAddresses",
  code: "address-shared",
  message:
    "An organization has one mail contact for an address, and somebody else of the sync has the same one.",
};

/**
 * What can be said of mail contacts only when all of a sync are known: display names that tell people apart, managers
 * who are among them, and one contact for an address (of two people the one whose key comes first has it).
 *
 * @param contacts - in the order of their keys
 */
export function settleMailContacts(
  contacts: readonly DesiredContact[],
  sync: MailContactsSync,
  canonicalize: Target["canonicalize"],
): { readonly contacts: readonly DesiredContact[]; readonly leftOut: readonly LeftOut[] } {
  const byAddress = new Map<string, DesiredContact>();
  const leftOut: LeftOut[] = [];
  for (const contact of contacts) {
    const address = contact.fields.emailAddresses?.[0] ?? "";
    if (byAddress.has(address)) leftOut.push({ contact, warning: shared });
    else byAddress.set(address, contact);
  }
  const kept = [...byAddress.values()];
  const names = displayNames(kept, sync);
  const settled = kept.map((contact): DesiredContact => {
    const displayName = names.get(contact.key);
    const fields = withKnownManager(
      displayName === undefined || contact.fields.displayName === undefined
        ? contact.fields
        : canonicalize({ ...contact.fields, displayName }).fields,
      byAddress,
    );
    return { ...contact, fields, digest: encodeDigest(fields, fingerprint) };
  });
  return { contacts: settled, leftOut };
}

/** Exchange takes only a recipient of the tenant for a manager, and of those the sync knows its own. */
function withKnownManager(
  fields: ContactFields,
  byAddress: ReadonlyMap<string, DesiredContact>,
): ContactFields {
  const { manager } = fields;
  return manager === undefined || byAddress.has(manager) ? fields : { ...fields, manager: "" };
}
