import { mapInOrder } from "../../concurrency/map-in-order.ts";
import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import type { MailContactsSync } from "../../model/config.ts";
import { daysLater, isDay } from "../../model/day.ts";
import { isGalopsAlias } from "../../model/galops-alias.ts";
import type { Marker } from "../../model/contact.ts";
import type { Change } from "../../model/plan.ts";
import { plainAddress } from "./addresses.ts";
import { joinedIn } from "./filters.ts";
import { attributeOf } from "./properties.ts";
import { customAttributes, markerIn, textOf } from "./rows.ts";

/** Addresses that are asked for in one request; the filter has to stay short. */
const addressesAtOnce = 25;
const requestsAtOnce = 4;

const recipientKinds: ReadonlyMap<string, string> = new Map([
  ["UserMailbox", "the mailbox"],
  ["SharedMailbox", "the shared mailbox"],
  ["RoomMailbox", "the room"],
  ["EquipmentMailbox", "the equipment"],
  ["GuestMailUser", "the guest"],
  ["MailUser", "the mail user"],
  ["MailContact", "the mail contact"],
  ["MailForestContact", "the mail contact of another forest"],
  ["GroupMailbox", "the Microsoft 365 group"],
  ["MailUniversalDistributionGroup", "the group"],
  ["MailUniversalSecurityGroup", "the security group"],
  ["DynamicDistributionGroup", "the dynamic group"],
  ["PublicFolder", "the public folder"],
]);

/** The changes of who needs an address and of who has it, if there is one of him. */
interface Between {
  readonly needing: Change;
  readonly holding: Change | undefined;
}

/** An address that a recipient of the tenant has, whatever kind of recipient that is. */
export interface Holding {
  /** Guid, lower case. */
  readonly id: string;
  readonly address: string;
  /** The alias of ours that a mail contact has which no run has stamped yet; "" for all others. */
  readonly begunAs: string;
  /** Who it is. */
  readonly description: string;
  /** What else is known of it, and what can be done about it for a change, behind a space; "" for nothing. */
  readonly hint: (between: Between) => string;
}

/** Who has these addresses, asked for many at once. @throws {ExchangeError} */
export async function holdersOf(
  exchange: ExchangeReader,
  addresses: readonly string[],
  sync: MailContactsSync,
  signal: AbortSignal,
): Promise<readonly Holding[]> {
  const select = [
    "Guid",
    "DisplayName",
    "Alias",
    "EmailAddresses",
    "RecipientTypeDetails",
    "IsDirSynced",
    ...customAttributes.map(attributeOf),
  ];
  const groups: (readonly string[])[] = [];
  for (let at = 0; at < addresses.length; at += addressesAtOnce) {
    groups.push(addresses.slice(at, at + addressesAtOnce).map((address) => `smtp:${address}`));
  }
  const holdings: Holding[] = [];
  const ask = (group: readonly string[]): Promise<readonly Row[]> =>
    exchange.read("Get-Recipient", { Filter: joinedIn("EmailAddresses", group) }, { select }, signal);
  for await (const rows of mapInOrder(groups, requestsAtOnce, ask)) {
    for (const row of rows) {
      const description = `${described(row)} in this tenant.`;
      const hint = (between: Between): string => hintFor(row, sync, between);
      const id = textOf(row["Guid"]).toLowerCase();
      const begunAs = unstampedAlias(row, sync);
      for (const address of addressesOf(row)) holdings.push({ id, address, begunAs, description, hint });
    }
  }
  return holdings;
}

function unstampedAlias(row: Row, { owner, to }: MailContactsSync): string {
  if (textOf(row["RecipientTypeDetails"]) !== "MailContact" || row["IsDirSynced"] === true) return "";
  const { marker } = markerIn(row, { stamp: to.stamp, owner });
  const alias = textOf(row["Alias"]).toLowerCase();
  const isFree = textOf(row[attributeOf(to.stamp)]) === "";
  return marker === null && isFree && isGalopsAlias(alias) ? alias : "";
}

function addressesOf(row: Row): readonly string[] {
  const all = row["EmailAddresses"];
  return Array.isArray(all) ? [...new Set(all.map((address) => plainAddress(String(address))))] : [];
}

function described(row: Row): string {
  const kind = recipientKinds.get(textOf(row["RecipientTypeDetails"])) ?? "another recipient,";
  // A quote within the name would end the quotes, by which it is known what to hide of a message.
  return `${kind} "${textOf(row["DisplayName"]).replaceAll('"', "'")}"`;
}

const ofSomebodyElse = " It is this sync's contact of somebody else, who has to give it up first.";

/** On which day a contact was hidden, or is by this plan; "" for one whose person is there. */
function leftOn({ hiddenSince }: Marker, holding: Change | undefined): string {
  if (holding === undefined) return hiddenSince;
  return holding.action === "update" ? (holding.hiddenSince ?? "") : "";
}

/** @param end - the day on which the grace of the contact ends */
function ofLeaver(end: string): string {
  return ` It is this sync's contact of somebody who left; it is deleted from ${end} on, and the address is free then. Delete it in Exchange if the address is needed sooner.`;
}

const wayOut =
  "If that sync is no more, give this one its owner; if it goes on without this domain, `control: complete` takes its contacts over.";

function hintFor(row: Row, { owner, to, deletion }: MailContactsSync, { needing, holding }: Between): string {
  if (textOf(row["RecipientTypeDetails"]) !== "MailContact") return "";
  const marker = markerIn(row, { stamp: to.stamp, owner }).marker;
  if (marker?.owner === owner) {
    const since = leftOn(marker, holding);
    if (!isDay(since) || deletion.kind === "now") return ofSomebodyElse;
    return ofLeaver(daysLater(since, deletion.days));
  }
  if (marker !== null) return ` Another sync of galops made it, whose owner is ${marker.owner}. ${wayOut}`;
  if (row["IsDirSynced"] === true) return " It is synchronized from an on-premises directory.";
  if (needing.reason === "rolled-back")
    return " galops did not make it; free the address, and roll back again.";
  return to.control === "marked" ? " galops did not make it; `control: complete` would adopt it." : "";
}
