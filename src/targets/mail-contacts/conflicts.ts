import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import type { Change } from "../../model/plan.ts";
import type { Conflict } from "../../model/target.ts";
import { plainAddress } from "./addresses.ts";
import { orderedByAddress, newAddressOf } from "./address-order.ts";
import { joinedIn } from "./filters.ts";
import { textOf } from "./rows.ts";

/** Addresses that are asked for in one request; the filter has to stay short. */
const addressesAtOnce = 25;

const recipientKinds: Readonly<Record<string, string>> = {
  UserMailbox: "the mailbox",
  SharedMailbox: "the shared mailbox",
  RoomMailbox: "the room",
  EquipmentMailbox: "the equipment",
  GuestMailUser: "the guest",
  MailUser: "the mail user",
  MailContact: "the mail contact",
  GroupMailbox: "the Microsoft 365 group",
  MailUniversalDistributionGroup: "the group",
  MailUniversalSecurityGroup: "the security group",
  DynamicDistributionGroup: "the dynamic group",
  PublicFolder: "the public folder",
};

/**
 * The creates and changes of addresses that Exchange would refuse, since an address is only one recipient's. What
 * another change of the same plan frees does not stand in the way, unless two would exchange their addresses.
 *
 * @throws {ExchangeError}
 */
export async function findConflicts(
  exchange: ExchangeReader,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<readonly Conflict[]> {
  const wanted = new Map<string, Change>();
  for (const change of changes) {
    const address = newAddressOf(change);
    if (address !== null) wanted.set(address, change);
  }
  const freed = new Set(changes.flatMap((change) => (frees(change) ? [change.live.id] : [])));
  const found: Conflict[] = orderedByAddress(changes).stuck.map((change) => ({ change, reason: exchanged }));
  for (const row of await holdersOf(exchange, [...wanted.keys()], signal)) {
    const id = textOf(row["Guid"]).toLowerCase();
    for (const address of addressesOf(row)) {
      const change = wanted.get(address);
      if (change === undefined || freed.has(id) || isItself(change, id)) continue;
      found.push({
        change,
        reason: `${address} belongs to ${described(row)} in this tenant.${hintFor(row)}`,
      });
    }
  }
  return found;
}

const exchanged =
  "Two contacts would exchange their addresses, which Exchange cannot do in one step. Give one of them another address for a run.";

async function holdersOf(
  exchange: ExchangeReader,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const select = ["Guid", "DisplayName", "EmailAddresses", "RecipientTypeDetails"];
  for (let at = 0; at < addresses.length; at += addressesAtOnce) {
    const some = addresses.slice(at, at + addressesAtOnce).map((address) => `smtp:${address}`);
    const Filter = joinedIn("EmailAddresses", some);
    rows.push(...(await exchange.read("Get-Recipient", { Filter }, { select }, signal)));
  }
  return rows;
}

/** Whether an existing contact gives its address up. */
function frees(change: Change): change is Exclude<Change, { readonly action: "create" }> {
  return change.action === "delete" || (change.action !== "create" && newAddressOf(change) !== null);
}

function isItself(change: Change, id: string): boolean {
  return change.action !== "create" && change.live.id === id;
}

function addressesOf(row: Row): readonly string[] {
  const all = row["EmailAddresses"];
  return Array.isArray(all) ? [...new Set(all.map((address) => plainAddress(String(address))))] : [];
}

function described(row: Row): string {
  const kind = recipientKinds[textOf(row["RecipientTypeDetails"])] ?? "another recipient,";
  return `${kind} "${textOf(row["DisplayName"])}"`;
}

function hintFor(row: Row): string {
  const isContact = textOf(row["RecipientTypeDetails"]) === "MailContact";
  return isContact ? " galops did not make it; `control: complete` would adopt it." : "";
}
