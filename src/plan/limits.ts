import type { Allowance, AllowedLimit } from "../model/allowance.ts";
import type { TargetKind } from "../model/contact-fields.ts";
import type { Limit, Limits } from "../model/config.ts";
import type { Refusal } from "../model/plan.ts";
import * as say from "./refusal-messages.ts";
import type { SyncTally, Tally } from "./tally.ts";

/** What limits need to know of a sync besides its changes. Only for syncs whose sources and books were read. */
export interface SyncFacts {
  readonly sync: string;
  readonly kind: TargetKind;
  readonly limits: Limits;
  /** Number of distinct people after merging and `where`. */
  readonly people: number;
  /** Names of its sources that returned no people. */
  readonly emptySources: readonly string[];
}

interface Finding extends Omit<Refusal, "message" | "allow"> {
  readonly allowance: AllowedLimit;
  /** People that an `--allow` must name. */
  readonly people: number;
  readonly what: string;
}

/**
 * The limits that a plan exceeds, in the order of the syncs: for each limit that `--allow` can name at most one
 * refusal, the most specific one.
 *
 * Defaults: deletes 3 or 5%, whichever is more, at most 500; shrink 20%; updates 50% when more than 20 people are
 * owned; addressChanges of mail contacts 10 or 5%, whichever is more; no others. Empty sources and the removal of
 * everything are always refused.
 */
export function checkLimits(
  tally: Tally,
  syncs: readonly SyncFacts[],
  allowances: readonly Allowance[],
): readonly Refusal[] {
  const counts = new Map(syncs.map((facts) => [facts.sync, tally.of(facts.sync)]));
  const total = (limit: AllowedLimit): number =>
    [...counts.values()].reduce((sum, count) => sum + count[limit], 0);
  return syncs.flatMap((facts) =>
    findingsOf(facts, counts.get(facts.sync) ?? tally.of(facts.sync)).flatMap((finding) => {
      const given = allowances.filter(({ limit }) => limit === finding.allowance);
      const applying = given.filter(({ sync }) => sync === null || sync === finding.sync);
      const isAllowed = applying.some((allowance) =>
        covers(allowance, allowance.sync === null ? total(finding.allowance) : finding.people),
      );
      if (isAllowed) return [];
      return [refuse(finding, total(finding.allowance), applying)];
    }),
  );
}

function covers({ people, orFewer }: Allowance, found: number): boolean {
  return orFewer ? found <= people : found === people;
}

function refuse(finding: Finding, total: number, given: readonly Allowance[]): Refusal {
  const { sync, limit, found, allowed, allowance, people, what } = finding;
  // The name of the sync is needed only if other syncs exceed or use the same limit, too.
  const name = people === total ? allowance : `${sync}.${allowance}`;
  const allow = `--allow ${name}=${people}`;
  const message = `${what} ${say.howToGoOn(allow, given)}`;
  return { sync, limit, found, allowed, message, allow };
}

function findingsOf(facts: SyncFacts, count: SyncTally): readonly Finding[] {
  return [
    lossOf(facts, count),
    beyond(facts, count, "updates", facts.limits.updates ?? defaultUpdates(ownedBy(count))),
    beyond(facts, count, "creates", facts.limits.creates),
    beyond(
      facts,
      count,
      "addressChanges",
      facts.limits.addressChanges ?? defaultAddressChanges(facts.kind, ownedBy(count)),
    ),
  ].filter((finding) => finding !== null);
}

/** The most specific finding about people who would lose their contacts; null when nothing exceeds a limit. */
function lossOf(facts: SyncFacts, count: SyncTally): Finding | null {
  const finding = lossBeyond(facts, count);
  const hint = say.otherOrigins(count.lostOrigins);
  return finding === null || hint === "" ? finding : { ...finding, what: `${finding.what} ${hint}` };
}

function lossBeyond(facts: SyncFacts, count: SyncTally): Finding | null {
  const { sync, limits, people } = facts;
  const { owned, deletes } = count;
  const about = { sync, allowance: "deletes", people: deletes } as const;
  if (facts.emptySources.length > 0 && deletes + count.rekeys > 0) {
    const what = say.emptySource(sync, facts.emptySources, count);
    return { ...about, limit: "empty-source", found: deletes, allowed: 0, what };
  }
  if (deletes === 0) return null;
  if (count.keptContacts === 0) {
    const what = say.removesEverything(sync, count);
    const allowed = Math.max(0, ownedBy(count) - 1);
    return { ...about, limit: "removes-everything", found: deletes, allowed, what };
  }
  const shrink = limits.shrink ?? { share: 0.2 };
  const mayShrink = peopleOf(shrink, owned);
  if (owned - people > mayShrink) {
    const what = say.shrunk(sync, { owned, people, allowed: say.limitText(shrink, mayShrink, owned) });
    return { ...about, limit: "shrink", found: owned - people, allowed: mayShrink, what };
  }
  return beyond(facts, count, "deletes", limits.deletes ?? defaultDeletes(ownedBy(count)));
}

/** Owned people, including those hidden for a grace: they have left, but their contacts still belong to the sync. */
function ownedBy({ owned, hidden }: SyncTally): number {
  return owned + hidden;
}

function beyond(
  { sync }: SyncFacts,
  count: SyncTally,
  limit: AllowedLimit,
  most: Limit | undefined,
): Finding | null {
  const found = count[limit];
  if (most === undefined) return null;
  const owned = ownedBy(count);
  const allowed = peopleOf(most, owned);
  if (found <= allowed) return null;
  const what = say.tooMany(sync, limit, count, say.limitText(most, allowed, owned));
  return { sync, limit, found, allowed, allowance: limit, people: found, what };
}

function defaultDeletes(owned: number): Limit {
  const share = peopleOf({ share: 0.05 }, owned);
  if (share > 500) return { count: 500 };
  return share > 3 ? { share: 0.05 } : { count: 3 };
}

function defaultUpdates(owned: number): Limit | undefined {
  return owned > 20 ? { share: 0.5 } : undefined;
}

/** A new mail domain changes all addresses at once, so that mail goes elsewhere: somebody should look at that first. */
function defaultAddressChanges(kind: TargetKind, owned: number): Limit | undefined {
  if (kind !== "mail-contacts") return undefined;
  return peopleOf({ share: 0.05 }, owned) > 10 ? { share: 0.05 } : { count: 10 };
}

/** Rounds down to whole people, after compensating for binary fractions (0.29 * 100 = 28.999…). */
function peopleOf(limit: Limit, owned: number): number {
  return "count" in limit ? limit.count : Math.floor(limit.share * owned + 1e-9);
}
