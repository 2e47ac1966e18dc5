import type { ExchangeReader } from "../../http/exchange/exchange.ts";
import type { MailContactsSync } from "../../model/config.ts";
import { byCodeUnit } from "../../model/order.ts";
import type { Change, UpdateChange } from "../../model/plan.ts";
import type { Conflict } from "../../model/target.ts";
import { domainOf } from "./addresses.ts";
import { holdersOf } from "./address-holders.ts";
import { addressOutside, newAddressOf, oldAddressOf, ringsIn } from "./address-order.ts";
import { attributeOf } from "./properties.ts";
import { longestStamp, roomForStamp } from "./stamp.ts";

/**
 * Finds the creates and updates that galops must not make or that Exchange would refuse or truncate: those with an
 * address outside the owned domains or of another recipient, those that would exchange addresses, and those whose stamp
 * is too long. For updates with an address conflict, all other fields can be changed. An address that another change of
 * the plan frees is no conflict, provided that this change can be made.
 *
 * @throws {ExchangeError}
 */
export async function findConflicts(
  exchange: ExchangeReader,
  changes: readonly Change[],
  sync: MailContactsSync,
  signal: AbortSignal,
): Promise<readonly Conflict[]> {
  const found = new Map<Change, Omit<Conflict, "change">>();
  for (const change of changes) {
    const reason = whyOutside(change, sync) ?? whyUnstamped(change, sync);
    if (reason !== null) found.set(change, { reason, field: null });
  }
  for (const ring of ringsIn(changes)) {
    const reason = exchanging(ring);
    for (const change of ring) if (!found.has(change)) found.set(change, { reason, field: "emailAddresses" });
  }
  const wanted = new Map(changes.flatMap((change) => entryOf(newAddressOf(change), change)));
  const holders = await holdersOf(exchange, [...wanted.keys()], sync, signal);
  const frees = new Map(
    changes.flatMap((change) => (oldAddressOf(change) === null ? [] : entryOf(idOf(change), change))),
  );
  const byId = new Map(changes.map((change) => [idOf(change), change]));
  // A change that cannot be made does not free its address, which can cause further conflicts.
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { id, address, begunAs, description, hint } of holders) {
      const change = wanted.get(address);
      const freeing = frees.get(id);
      if (change === undefined || found.has(change) || idOf(change) === id) continue;
      // The create finds this half-made contact by its alias and completes it.
      if (begunAs !== "" && change.action === "create" && change.desired.fields.alias === begunAs) continue;
      if (freeing !== undefined && !found.has(freeing)) continue;
      const reason = `${address} belongs to ${description}${hint({ needing: change, holding: byId.get(id) })}`;
      found.set(change, { reason, field: change.action === "create" ? null : "emailAddresses" });
    }
  }
  return [...found].map(([change, why]) => ({ change, ...why }));
}

/** galops does not use temporary addresses: mail to one bounces, and after an interrupted run it would stay. */
function exchanging(ring: readonly UpdateChange[]): string {
  const [first] = ring.toSorted((one, other) => byCodeUnit(one.live.id, other.live.id));
  const { live: { id = "" } = {} } = first ?? {};
  const free = `free-${id}@${domainOf((first && oldAddressOf(first)) ?? "")}`;
  const what =
    ring.length === 2
      ? "Two contacts would exchange their addresses"
      : `${ring.length} contacts would pass their addresses on in a ring`;
  return (
    `${what}, which Exchange cannot do in one step. Give one of them an unused address in Exchange: ` +
    `\`Set-MailContact ${id} -ExternalEmailAddress ${free}\`. The next run then sets all addresses.`
  );
}

/** A rollback changes nothing in domains that the sync no longer owns, because they may have a new owner. */
function whyOutside(change: Change, { to }: MailContactsSync): string | null {
  const address = addressOutside(change, to);
  if (address === null) return null;
  const owned = to.ownedDomains.join(", ");
  return `${address} is outside the domains that the sync owns (${owned}), where galops changes nothing.`;
}

/** Exchange truncates a stamp that is too long, which could then not be read again. */
function whyUnstamped(change: Change, { owner, to }: MailContactsSync): string | null {
  if (change.action === "delete" || change.asBefore !== undefined) return null;
  const { key, digest } = change.desired;
  const length = roomForStamp({ owner, key, digest });
  if (length <= longestStamp) return null;
  return (
    `Its stamp would have ${length} characters, but ${attributeOf(to.stamp)} can store only ${longestStamp}. ` +
    "The person's id in the source is too long; use a shorter one for `id`."
  );
}

function idOf(change: Change): string {
  return change.action === "create" ? "" : change.live.id;
}

function entryOf(key: string | null, change: Change): readonly (readonly [string, Change])[] {
  return key === null ? [] : [[key, change]];
}
