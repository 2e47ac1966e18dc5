import { departureChanges } from "../tenant/departure.ts";
import { nameOf, withExchange } from "../tenant/exchange-properties.ts";
import { outcome, textIn } from "./call.ts";
import type { Call, Outcome } from "./call.ts";
import { changedContact } from "./changed-contact.ts";
import { createdContact } from "./created-contact.ts";
import { quotaReached, synchronized } from "./exchange-problem.ts";
import { identified } from "./find-recipient.ts";
import type { Reach } from "./find-recipient.ts";
import type { Recipient } from "./recipients.ts";
import { mailContactRow } from "./rows.ts";

/** @param made - the number of contacts created since the tenant was opened */
export function newMailContact(call: Call, made: number): Outcome {
  const { store, settings } = call;
  const value = createdContact(call);
  if (settings.creationQuota !== null && made >= settings.creationQuota) throw quotaReached();
  if (call.bindings.get("WhatIf") === true) {
    const confirmation = `Creating mail contact "${nameOf(value)}" with the address "${textIn(call, "ExternalEmailAddress")}".`;
    return outcome([], { confirmation });
  }
  store.commit([{ put: "orgContact", value }]);
  call.replication.madeWith(value.id, call.anchor);
  const recipient: Recipient = {
    kind: "orgContact",
    entry: value,
    type: "MailContact",
    details: "MailContact",
  };
  return outcome([mailContactRow(store.state, recipient)]);
}

/** Creates Set-MailContact or Set-Contact, depending on the objects that it operates on. */
export function setCmdlet(reach: Exclude<Reach, "recipients">): (call: Call) => Outcome {
  const cmdlet = reach === "contacts" ? "Set-Contact" : "Set-MailContact";
  return (call) => {
    const { entry } = changeable(call, reach, cmdlet);
    const changed = changedContact(call, entry);
    const name = nameOf(entry);
    if (call.bindings.get("WhatIf") === true) {
      return outcome(null, { confirmation: `Setting mail contact "${name}".` });
    }
    if (changed === entry) {
      const warning = `The command completed successfully but no settings of '${name}' have been modified.`;
      return outcome(null, { warnings: [warning] });
    }
    const value = withExchange(changed, { WhenChanged: call.now });
    call.store.commit([{ put: "orgContact", value }]);
    return outcome(null);
  };
}

export function removeMailContact(call: Call): Outcome {
  const { entry } = changeable(call, "mail-contacts", "Remove-MailContact");
  if (call.bindings.get("WhatIf") === true) {
    return outcome(null, { confirmation: `Removing mail contact Identity:"${nameOf(entry)}".` });
  }
  call.store.commit([{ drop: "orgContact", id: entry.id }, ...departureChanges(call.store.state, entry.id)]);
  return outcome(null);
}

function changeable(call: Call, reach: Reach, cmdlet: string): Recipient {
  const identity = textIn(call, "Identity");
  const found = identified(call, reach, identity);
  if (found.entry["onPremisesSyncEnabled"] === true) throw synchronized(nameOf(found.entry), cmdlet);
  return found;
}
