import type { Call } from "./call.ts";
import { ambiguous, notFound } from "./exchange-problem.ts";
import type { KeyKind } from "./recipient-index.ts";
import { contactsOf, recipientsOf } from "./recipients.ts";
import type { Recipient } from "./recipients.ts";

/** Which objects a cmdlet operates on, which also decides how they can be identified. */
export type Reach = "mail-contacts" | "contacts" | "recipients";

/** All objects that are visible to the caller, in the order of the file. */
export function seenBy(call: Call, reach: Reach): readonly Recipient[] {
  const { state } = call.store;
  const all = reach === "recipients" ? recipientsOf(state) : contactsOf(state);
  return all.filter((recipient) => isSeen(call, reach, recipient));
}

/** Finds the object with an identity. @throws {ExchangeProblem} when the caller sees none or several */
export function identified(call: Call, reach: Reach, identity: string): Recipient {
  const found = call.index
    .find(identities[reach], identity)
    .filter((recipient) => isSeen(call, reach, recipient));
  const [recipient] = found;
  if (recipient === undefined) throw notFound(identity);
  if (found.length > 1) throw ambiguous(identity);
  return recipient;
}

/** Contacts cannot be identified by alias or address. */
const identities: Readonly<Record<Reach, readonly KeyKind[]>> = {
  contacts: ["guid", "name", "dn"],
  "mail-contacts": ["guid", "name", "dn", "alias", "address"],
  recipients: ["guid", "name", "dn", "alias", "address", "id", "upn"],
};

function isSeen(call: Call, reach: Reach, { kind, type, entry }: Recipient): boolean {
  if (reach === "recipients" ? type === "Contact" : kind !== "orgContact") return false;
  if (reach === "mail-contacts" && type !== "MailContact") return false;
  return call.replication.sees(entry, call.anchor, Date.parse(call.now), call.settings.replicationLag);
}
