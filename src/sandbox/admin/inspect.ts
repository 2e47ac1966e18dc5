import { customAttributes } from "../tenant/exchange-properties.ts";
import { textOf } from "../tenant/tenant.ts";
import type { Contact, Entry, Mailbox, TenantState } from "../tenant/tenant.ts";
import { mailboxNamedBy } from "./find.ts";

/** A mailbox in a list. */
export interface MailboxOverview {
  /** User principal name. */
  readonly mailbox: string;
  /** Folders besides the default one. */
  readonly folders: number;
  readonly contacts: number;
  /** How many contacts carry a galops marker, of any owner. */
  readonly managed: number;
  /** The number of contacts in Deleted Items. */
  readonly deleted: number;
}

/** Lists all mailboxes, in the order of the file. */
export function mailboxesOf(state: TenantState): readonly MailboxOverview[] {
  return [...state.mailboxes.values()].map(({ user, folders, contacts, deleted }) => ({
    mailbox: textOf(state.users.get(user)?.["userPrincipalName"]),
    folders: folders.size,
    contacts: contacts.size,
    managed: [...contacts.values()].filter((contact) => markOf(contact, "owner") !== "").length,
    deleted,
  }));
}

/** A contact in a list. */
export interface ContactOverview {
  /** In the file. */
  readonly id: string;
  /** Display name of its folder; null for the default folder. */
  readonly folder: string | null;
  readonly displayName: string;
  readonly jobTitle: string;
  readonly mobilePhone: string;
  readonly addresses: readonly string[];
  /** Owner and key of its marker; both "" without one. */
  readonly owner: string;
  readonly key: string;
}

/**
 * Lists the contacts of one mailbox, sorted by folder and name. @throws {SandboxEditError} when there is no such
 * mailbox
 */
export function contactsOf(state: TenantState, who: string): readonly ContactOverview[] {
  const mailbox = mailboxNamedBy(state, who);
  const overviews = [...mailbox.contacts.values()].map((contact) => overviewOf(contact, mailbox));
  return overviews.toSorted(
    (one, other) => order(one.folder ?? "", other.folder ?? "") || order(one.displayName, other.displayName),
  );
}

function overviewOf(contact: Contact, { folders }: Mailbox): ContactOverview {
  const addresses = Array.isArray(contact["emailAddresses"]) ? contact["emailAddresses"] : [];
  return {
    id: contact.id,
    folder:
      contact.folder === undefined ? null : (folders.get(contact.folder)?.displayName ?? contact.folder),
    displayName: textOf(contact["displayName"]),
    jobTitle: textOf(contact["jobTitle"]),
    mobilePhone: textOf(contact["mobilePhone"]),
    addresses: addresses.map((item: { readonly address?: unknown }) => textOf(item.address)),
    owner: markOf(contact, "owner"),
    key: markOf(contact, "key"),
  };
}

/** A mail contact in a list. */
export interface MailContactOverview {
  /** In lower case. */
  readonly address: string;
  readonly displayName: string;
  readonly alias: string;
  readonly jobTitle: string;
  readonly hidden: boolean;
  /** Whether it is synchronized from on-premises servers. */
  readonly synchronized: boolean;
  /** The owner in its stamp, which may be in any custom attribute; "" for a contact that was created by hand. */
  readonly owner: string;
}

/** Lists the organization's contacts that have a mail address, sorted by address. */
export function mailContactsOf(state: TenantState): readonly MailContactOverview[] {
  const overviews = [...state.orgContacts.values()].map((entry) => ({
    address: textOf(entry["mail"]).toLowerCase(),
    displayName: textOf(entry["displayName"]),
    alias: textOf(entry["mailNickname"]),
    jobTitle: textOf(entry["jobTitle"]),
    hidden: entry.exchange?.["HiddenFromAddressListsEnabled"] === true,
    synchronized: entry["onPremisesSyncEnabled"] === true,
    owner: stampOwnerOf(entry),
  }));
  return overviews
    .filter(({ address }) => address !== "")
    .toSorted((one, other) => order(one.address, other.address));
}

/** Reads the owner from a stamp. The target defines what the rest of a stamp means, as with markers. */
function stampOwnerOf({ exchange = {} }: Entry): string {
  const stamps = customAttributes.map((name) => /^galops:([^:]*):/.exec(textOf(exchange[name]))?.[1]);
  return stamps.find((owner) => owner !== undefined) ?? "";
}

/** Reads a marker by the suffix of its name. The target defines what markers mean. */
function markOf({ extendedProperties = {} }: Contact, name: string): string {
  return Object.entries(extendedProperties).find(([id]) => id.endsWith(` Name galops.${name}`))?.[1] ?? "";
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
