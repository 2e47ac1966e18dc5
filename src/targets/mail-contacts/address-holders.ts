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

/** Number of addresses per request; the filter must stay short. */
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

/** The change that needs an address, and the change of the contact that has it, if there is one. */
interface Between {
  readonly needing: Change;
  readonly holding: Change | undefined;
}

/** An address that any recipient of the tenant has. */
export interface Holding {
  /** Guid, lower case. */
  readonly id: string;
  readonly address: string;
  /** The alias of a half-made mail contact, which no run has stamped yet; "" for all others. */
  readonly begunAs: string;
  /** Kind and name of the recipient. */
  readonly description: string;
  /** What else is known of the recipient and what to do, with a leading space; "" for nothing. */
  readonly hint: (between: Between) => string;
}

/** Finds the recipients with these addresses. @throws {ExchangeError} */
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
  // Redaction recognizes names in messages by the quotes around them, so the name must not contain any.
  return `${kind} "${textOf(row["DisplayName"]).replaceAll('"', "'")}"`;
}

const ofSomebodyElse = " It is this sync's contact of another person, whose address must change first.";

/** The day on which the contact was hidden, or will be by this plan; "" when its person has not left. */
function leftOn({ hiddenSince }: Marker, holding: Change | undefined): string {
  if (holding === undefined) return hiddenSince;
  return holding.action === "update" ? (holding.hiddenSince ?? "") : "";
}

/** @param end - the day on which the grace of the contact ends */
function ofLeaver(end: string): string {
  return (
    ` It is this sync's contact of a person who left. It will be deleted from ${end} on, which frees the address. ` +
    "Delete it in Exchange if the address is needed sooner."
  );
}

const wayOut =
  "If that sync no longer exists, give its owner to this one. " +
  "If it no longer owns this domain, set `control: complete` to adopt its contacts.";

function hintFor(row: Row, { owner, to, deletion }: MailContactsSync, { needing, holding }: Between): string {
  if (textOf(row["RecipientTypeDetails"]) !== "MailContact") return "";
  const marker = markerIn(row, { stamp: to.stamp, owner }).marker;
  if (marker?.owner === owner) {
    const since = leftOn(marker, holding);
    if (!isDay(since) || deletion.kind === "now") return ofSomebodyElse;
    return ofLeaver(daysLater(since, deletion.days));
  }
  if (marker !== null)
    return ` It was created by another galops sync with the owner ${marker.owner}. ${wayOut}`;
  if (row["IsDirSynced"] === true) return " It is synchronized from an on-premises directory.";
  if (needing.reason === "rolled-back")
    return " It was not created by galops. Free the address, then roll back again.";
  return to.control === "marked" ? " It was not created by galops. Set `control: complete` to adopt it." : "";
}
