import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import { quoted } from "../../http/exchange/opath.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { LiveContact } from "../../model/contact.ts";
import { domainOf } from "./addresses.ts";
import { isContactGone, joinedIn } from "./filters.ts";
import type { ManagerNames } from "./manager-names.ts";
import { moreContactProperties, moreIn, moreMailProperties } from "./more-properties.ts";
import {
  addressIn,
  contactProperties,
  mailProperties,
  managerIn,
  markerIn,
  textOf,
  toLiveContact,
} from "./rows.ts";
import type { RowRules, Rows } from "./rows.ts";

/** Number of contacts per request; the filter must stay short. */
const contactsAtOnce = 25;

/**
 * Reads the mail contacts that concern a sync: those with an address in its owned domains, and those with its stamp and
 * any address.
 *
 * @throws {ExchangeError} when it is not certain that nothing is missing
 */
export async function readOwned(
  exchange: ExchangeReader,
  sync: MailContactsSync,
  signal: AbortSignal,
): Promise<readonly LiveContact[]> {
  const mails = await exchange.read("Get-MailContact", {}, { select: mailProperties }, signal);
  const contacts = await exchange.read(
    "Get-Contact",
    // Get-Contact also returns other kinds of contacts.
    { Filter: "RecipientTypeDetails -eq 'MailContact'" },
    { select: contactProperties },
    signal,
  );
  const byName = new Map(mails.map((mail) => [textOf(mail["Name"]).toLowerCase(), addressIn(mail)]));
  const addressOf = (name: string): string | null => byName.get(name.toLowerCase()) ?? null;
  const ours = mails.filter((mail) => isWithin(mail, sync));
  return (await joined(exchange, ours, contacts, signal)).map((rows) =>
    toLiveContact(rows, rulesOf(sync), addressOf),
  );
}

const allOfMail = [...mailProperties, ...moreMailProperties];
const allOfContact = [...contactProperties, ...moreContactProperties];

/**
 * Reads the current contacts with these ids, including all properties that a rollback can restore.
 *
 * @returns contacts by id, without deleted ones
 *
 * @throws {ExchangeError}
 */
export async function readAgain(
  { exchange, managerNames }: { readonly exchange: ExchangeReader; readonly managerNames: ManagerNames },
  ids: readonly string[],
  sync: MailContactsSync,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LiveContact>> {
  const found = new Map<string, LiveContact>();
  for (let at = 0; at < ids.length; at += contactsAtOnce) {
    const some = ids.slice(at, at + contactsAtOnce);
    const Filter = joinedIn("Guid", some);
    const mails = await exchange.read("Get-MailContact", { Filter }, { select: allOfMail }, signal);
    const contacts = await exchange.read("Get-Contact", { Filter }, { select: allOfContact }, signal);
    const rows = await joined(exchange, mails, contacts, signal);
    managerNames.learn(mails);
    await managerNames.ask(
      rows.map(({ contact }) => managerIn(contact)),
      signal,
    );
    for (const row of rows) {
      const live = toLiveContact(row, rulesOf(sync), (name) => managerNames.addressOf(name));
      found.set(live.id, { ...live, ...moreIn(row) });
    }
  }
  return found;
}

/** Finds the contact with this alias, its manager by name; null when none is visible (yet). @throws {ExchangeError} */
export async function findByAlias(
  exchange: ExchangeReader,
  alias: string,
  sync: MailContactsSync,
  signal: AbortSignal,
): Promise<LiveContact | null> {
  const Filter = `Alias -eq ${quoted(alias)}`;
  const [mail] = await exchange.read("Get-MailContact", { Filter }, { select: mailProperties }, signal);
  if (mail === undefined) return null;
  const contact = await contactOf(exchange, guidOf(mail), signal);
  return contact === null ? null : toLiveContact({ mail, contact }, rulesOf(sync), () => null);
}

function isWithin(mail: Row, sync: MailContactsSync): boolean {
  if (sync.to.ownedDomains.includes(domainOf(addressIn(mail)))) return true;
  return markerIn(mail, rulesOf(sync)).marker?.owner === sync.owner;
}

function rulesOf({ owner, to }: MailContactsSync): RowRules {
  return { ...to, owner };
}

/** Joins the two reads. Contacts in only one of them were created or deleted in between, and are read separately. */
async function joined(
  exchange: ExchangeReader,
  mails: readonly Row[],
  contacts: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Rows[]> {
  const byGuid = new Map(contacts.map((contact) => [guidOf(contact), contact]));
  const rows: Rows[] = [];
  for (const mail of mails) {
    const contact = byGuid.get(guidOf(mail)) ?? (await contactOf(exchange, guidOf(mail), signal));
    if (contact !== null) rows.push({ mail, contact });
  }
  return rows;
}

async function contactOf(exchange: ExchangeReader, id: string, signal: AbortSignal): Promise<Row | null> {
  try {
    const [row] = await exchange.read("Get-Contact", { Identity: id }, { select: contactProperties }, signal);
    return row ?? null;
  } catch (error) {
    if (error instanceof ExchangeError && isContactGone(error)) return null;
    throw error;
  }
}

function guidOf(row: Row): string {
  return textOf(row["Guid"]).toLowerCase();
}
