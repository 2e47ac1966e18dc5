import type { MailContactsSync } from "../model/config.ts";
import type { ContactFields, DesiredContact, UnfitContact } from "../model/contact.ts";
import { encodeDigest } from "../model/digest.ts";
import type { Canonical, CanonicalWarning, Target } from "../model/target.ts";
import { fingerprint } from "./fingerprint.ts";
import { displayNames } from "./tell-apart.ts";

interface Warned {
  readonly contact: DesiredContact;
  readonly warning: CanonicalWarning;
}

interface Settled {
  readonly contacts: readonly DesiredContact[];
  /** Those who are left out because of another one. */
  readonly leftOut: readonly Warned[];
  /** Of those who are not: what the target cuts of names that became longer here. */
  readonly cut: readonly Warned[];
}

const shared: CanonicalWarning = {
  field: "emailAddresses",
  code: "address-shared",
  message:
    "An organization has one mail contact for an address, and somebody else of the sync has the same one. Give one of them another address, or leave one out by `where`.",
};

/**
 * What can be said of mail contacts only when all of a sync are known: display names that tell people apart, managers
 * who are among them, and one contact for an address (of two people the one whose key comes first has it).
 *
 * @param contacts - in the order of their keys
 * @param unfit - others of the sync, who may be managers all the same
 */
export function settleMailContacts(
  contacts: readonly DesiredContact[],
  unfit: readonly UnfitContact[],
  sync: MailContactsSync,
  canonicalize: Target["canonicalize"],
): Settled {
  const byAddress = new Map<string, DesiredContact>();
  const leftOut: Warned[] = [];
  const cut: Warned[] = [];
  for (const contact of contacts) {
    const address = contact.fields.emailAddresses?.[0] ?? "";
    if (byAddress.has(address)) leftOut.push({ contact, warning: shared });
    else byAddress.set(address, contact);
  }
  const kept = [...byAddress.values()];
  const names = displayNames(kept, sync);
  const known = new Set([...byAddress.keys(), ...unfit.flatMap(({ contact }) => contact.addresses)]);
  const settled = kept.map((contact): DesiredContact => {
    const named = withDisplayName(contact.fields, names.get(contact.key), canonicalize);
    for (const warning of named.warnings) cut.push({ contact, warning });
    const fields = withKnownManager(named.fields, known);
    return { ...contact, fields, digest: encodeDigest(fields, fingerprint) };
  });
  return { contacts: settled, leftOut, cut };
}

function withDisplayName(
  fields: ContactFields,
  displayName: string | undefined,
  canonicalize: Target["canonicalize"],
): Pick<Canonical, "fields" | "warnings"> {
  const isManaged = displayName !== undefined && fields.displayName !== undefined;
  return isManaged ? canonicalize({ ...fields, displayName }) : { fields, warnings: [] };
}

/** Exchange takes only a recipient of the tenant for a manager, and of those the sync knows its own. */
function withKnownManager(fields: ContactFields, known: ReadonlySet<string>): ContactFields {
  const { manager } = fields;
  return manager === undefined || known.has(manager) ? fields : { ...fields, manager: "" };
}
