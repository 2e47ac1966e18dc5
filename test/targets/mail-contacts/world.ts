import path from "node:path";
import { aliasOf } from "../../../src/desired/alias.ts";
import { createExchangeClient } from "../../../src/http/exchange/exchange-client.ts";
import type { ExchangeClient } from "../../../src/http/exchange/exchange.ts";
import type { MailContactsSync, MailContactsTarget } from "../../../src/model/config.ts";
import type { Clock } from "../../../src/model/context.ts";
import type { ContactField } from "../../../src/model/contact-fields.ts";
import type { ContactFields } from "../../../src/model/contact.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { openSandbox } from "../../../src/sandbox/sandbox.ts";
import { textOf } from "../../../src/sandbox/tenant/tenant.ts";
import type { Sandbox, SandboxWorld } from "../../../src/sandbox/sandbox.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { toProperties } from "./written.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { unsaid } from "../../fakes/people.ts";

export const owner = "7b0f0000-0000-4000-8000-0000000000cf";
export const otherOwner = "11111111-2222-4333-8444-555555555555";
const signal = new AbortController().signal;

/** A sync of Northwind's people into Contoso, where nobody has an address of Northwind yet. */
export function mailSync(to: Partial<MailContactsTarget> = {}): MailContactsSync {
  return {
    ...unsaid,
    name: "northwind-in-contoso",
    owner,
    to: {
      kind: "mail-contacts",
      tenant: "contoso",
      ownedDomains: ["northwind.example"],
      publicDomains: [],
      domainsPlace: { ...unsaid.place, line: 7 },
      control: "marked",
      stamp: "customAttribute15",
      displayName: { prefix: "", suffix: "", unique: false },
      ...to,
    },
  };
}

export interface MailWorld extends TargetWorld {
  readonly sandbox: Sandbox;
  readonly exchange: ExchangeClient;
  readonly sync: MailContactsSync;
}

const northwindField: ContactFields = {
  displayName: "Ann Ek (Northwind)",
  givenName: "Ann",
  surname: "Ek",
  initials: "A.E.",
  businessPhones: ["+46 8 123 01", "+46 8 123 02"],
  mobilePhone: "+46 70 123 01",
  homePhones: ["+46 8 9", "+46 8 10"],
  pager: "99",
  fax: "+46 8 77",
  jobTitle: "Head of R&D",
  department: "R&D <Lund>",
  companyName: "Northwind AB",
  office: "A/1",
  manager: "",
  assistantName: "Bo Li",
  businessStreet: "Gatan 1\nHus B",
  businessCity: "Lund",
  businessState: "Skåne",
  businessPostalCode: "221 00",
  businessCountry: "Schweden",
  webPage: "https://northwind.example/?a=1&b=2",
  notes: "first line\nsecond 'line' \"quoted\" \\ 😀",
  mailTip: "Outside of R&D <us>",
  hidden: true,
  ...Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`customAttribute${at + 1}`, `value ${at}`])),
};

export async function openMailWorld(
  to: Partial<MailContactsTarget> = {},
  { clock = manualClock(), ...more }: Partial<SandboxWorld> & { readonly clock?: Clock } = {},
): Promise<MailWorld> {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 3, users: 3 });
  const sandbox = await openSandbox(file, { clock, random: () => 0.5, ...more });
  const { tenantId } = sandbox;
  const exchange = createExchangeClient({
    baseUrl: "https://outlook.sandbox.invalid",
    tenantId,
    fetch: sandbox.fetch,
    token: { token: () => Promise.resolve("t") },
    clock,
    random: () => 0.5,
  });
  const sync = mailSync(to);
  const stampName = sync.to.stamp.replace("c", "C");
  return {
    sandbox,
    exchange,
    sync,
    owner,
    book: { id: tenantId, mailbox: null, folder: null, person: null },
    isOurs: true,
    writer: mailContactsWriter(sync, { exchange, tenantId, clock }),
    everyField: without(northwindField, sync.to.stamp),
    needed: (key, fields) => ({
      alias: aliasOf(owner, key),
      displayName: fields.displayName ?? "",
      emailAddresses: [addressFor(key, fields)],
    }),
    foreign: () => {
      const contacts = [...sandbox.store.state.orgContacts.values()];
      const isOurs = (contact: (typeof contacts)[number]): boolean =>
        textOf(contact.exchange?.[stampName]).startsWith(`galops:${owner}:`);
      return Promise.resolve(contacts.filter((contact) => !isOurs(contact)));
    },
    async edit(id, fields) {
      for (const [cmdlet, parameters] of toProperties(fields)) {
        await exchange.invoke(cmdlet, { Identity: id, ...parameters }, signal);
      }
    },
    async remove(id) {
      await exchange.invoke("Remove-MailContact", { Identity: id, Confirm: false }, signal);
    },
    async copy(id) {
      const select = [stampName, "DisplayName"];
      const [row] = await exchange.read("Get-MailContact", { Identity: id }, { select }, signal);
      const parameters = {
        Name: "a copy",
        DisplayName: String(row?.["DisplayName"]),
        ExternalEmailAddress: "copy@northwind.example",
      };
      const rows = await exchange.invoke("New-MailContact", parameters, signal);
      const stamp = { [stampName]: String(row?.[stampName]) };
      await exchange.invoke("Set-MailContact", { Identity: String(rows[0]?.["Guid"]), ...stamp }, signal);
    },
  };
}

function without(fields: ContactFields, left: ContactField): ContactFields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== left));
}

/** The address that is given, where it can be had; else one of the key's own. */
function addressFor(key: string, { emailAddresses = [] }: ContactFields): string {
  const local = /^(?<name>[a-z.]+)@contoso\.com$/i.exec(emailAddresses[0] ?? "")?.groups?.["name"];
  const own = key.replace(/^.*\//, "").replaceAll(/\W/g, "").toLowerCase();
  return `${local ?? own}@northwind.example`;
}
