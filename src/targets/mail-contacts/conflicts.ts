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
 * The creates and changes that Exchange would refuse or cut: those with an address that another recipient has, since an
 * address is only one's; those that would exchange theirs (of both all else can be made); and those whose stamp has no room. What another change
 * of the same plan frees does not stand in the way, where that one can be made itself.
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
  // A change that cannot be made does not free what it has, and so on.
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { id, address, begunAs, description, hint } of holders) {
      const change = wanted.get(address);
      const freeing = frees.get(id);
      if (change === undefined || found.has(change) || idOf(change) === id) continue;
      // Whoever makes it finds it by its alias, and completes it.
      if (begunAs !== "" && change.action === "create" && change.desired.fields.alias === begunAs) continue;
      if (freeing !== undefined && !found.has(freeing)) continue;
      const reason = `${address} belongs to ${description}${hint({ needing: change, holding: byId.get(id) })}`;
      found.set(change, { reason, field: change.action === "create" ? null : "emailAddresses" });
    }
  }
  return [...found].map(([change, why]) => ({ change, ...why }));
}

/** An address for a while is left to people: mail to it comes back, and after a run that was cut off it would stay. */
function exchanging(ring: readonly UpdateChange[]): string {
  const [first] = ring.toSorted((one, other) => byCodeUnit(one.live.id, other.live.id));
  const { live: { id = "" } = {} } = first ?? {};
  const free = `free-${id}@${domainOf((first && oldAddressOf(first)) ?? "")}`;
  const what =
    ring.length === 2
      ? "Two contacts would exchange their addresses"
      : `${ring.length} contacts would pass their addresses on in a ring`;
  return (
    `${what}, which Exchange cannot do in one step. Give one of them an address that nobody has, in Exchange: ` +
    `\`Set-MailContact ${id} -ExternalEmailAddress ${free}\`. The next run gives all of them theirs.`
  );
}

/** What a run wrote when the sync owned other domains is not undone in them: whoever owns them now decides there. */
function whyOutside(change: Change, { to }: MailContactsSync): string | null {
  const address = addressOutside(change, to);
  if (address === null) return null;
  return `${address} lies outside of the domains that the sync owns (${to.ownedDomains.join(", ")}), where galops changes nothing.`;
}

/** What Exchange would cut could not be recognized again. */
function whyUnstamped(change: Change, { owner, to }: MailContactsSync): string | null {
  if (change.action === "delete" || change.asBefore !== undefined) return null;
  const { key, digest } = change.desired;
  const length = roomForStamp({ owner, key, digest });
  if (length <= longestStamp) return null;
  return `Its marker would have ${length} characters, and Exchange keeps ${longestStamp} of ${attributeOf(to.stamp)}. The person's id in the source is too long; take a shorter one for \`id\`.`;
}

function idOf(change: Change): string {
  return change.action === "create" ? "" : change.live.id;
}

function entryOf(key: string | null, change: Change): readonly (readonly [string, Change])[] {
  return key === null ? [] : [[key, change]];
}
