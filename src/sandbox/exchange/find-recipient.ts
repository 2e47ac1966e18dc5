import { textOf } from "../tenant.ts";
import type { TenantState } from "../tenant.ts";
import type { Call } from "./call.ts";
import { ambiguous, notFound } from "./exchange-problem.ts";
import {
  addressesOf,
  aliasOf,
  contactsOf,
  distinguishedName,
  guidOf,
  recipientName,
  recipientsOf,
} from "./recipients.ts";
import type { Recipient } from "./recipients.ts";

/** Which objects a cmdlet is about, and by what it takes them. */
export type Reach = "mail-contacts" | "contacts" | "recipients";

/** All that the caller sees. */
export function seenBy(call: Call, reach: Reach): readonly Recipient[] {
  const { store, anchor, settings, now } = call;
  const at = Date.parse(now);
  return allOf(store.state, reach).filter(({ entry }) =>
    call.replication.sees(entry, anchor, at, settings.replicationLag),
  );
}

function allOf(state: TenantState, reach: Reach): readonly Recipient[] {
  if (reach === "recipients") return recipientsOf(state);
  const contacts = contactsOf(state);
  return reach === "contacts" ? contacts : contacts.filter(({ type }) => type === "MailContact");
}

/** The one object of that identity. @throws {ExchangeProblem} when the caller sees none, or several */
export function identified(call: Call, reach: Reach, identity: string): Recipient {
  const sought = identity.toLowerCase();
  const { state } = call.store;
  const found = seenBy(call, reach).filter((recipient) =>
    identitiesOf(state, recipient, reach).includes(sought),
  );
  const [recipient] = found;
  if (recipient === undefined) throw notFound(identity);
  if (found.length > 1) throw ambiguous(identity);
  return recipient;
}

/** In lower case. Contacts are not found by alias or address. */
function identitiesOf(state: TenantState, recipient: Recipient, reach: Reach): readonly string[] {
  const { entry } = recipient;
  const name = recipientName(recipient);
  const anywhere = [guidOf(entry), name.toLowerCase(), distinguishedName(state, name).toLowerCase()];
  if (reach === "contacts") return anywhere;
  const mail = [...anywhere, aliasOf(entry).toLowerCase(), ...addressesOf(entry)];
  if (reach === "mail-contacts") return mail;
  return [...mail, entry.id, textOf(entry["userPrincipalName"]).toLowerCase()];
}
