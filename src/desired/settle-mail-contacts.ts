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
  /** Contacts left out because another one has their address. */
  readonly leftOut: readonly Warned[];
  /** Contacts whose display name became too long here and was cut by the target. */
  readonly cut: readonly Warned[];
}

const shared: CanonicalWarning = {
  field: "emailAddresses",
  code: "address-shared",
  message:
    "Another person in this sync has the same address, and a tenant can have only one mail contact per address. Give one of them another address, or exclude one with `where`.",
};

/**
 * Completes mail contacts with what depends on all contacts of the sync: unique display names, managers (who must be in
 * the sync), and only one contact per address (that of the person whose key comes first).
 *
 * @param contacts - ordered by key
 * @param unfit - further people of the sync, who may be managers too
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

/**
 * Clears a manager who is not in the sync: Exchange accepts only recipients of the tenant, and the sync knows only its
 * own.
 */
function withKnownManager(fields: ContactFields, known: ReadonlySet<string>): ContactFields {
  const { manager } = fields;
  return manager === undefined || known.has(manager) ? fields : { ...fields, manager: "" };
}
