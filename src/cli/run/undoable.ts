import { madeIn } from "../../journal/list-runs.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { RunHeader, RunListing, RunSync } from "../../model/run.ts";

/** A sync of a run, and what it is in the config now. */
export interface UndoneSync {
  readonly was: RunSync;
  readonly sync: SyncConfig;
}

/**
 * The syncs of a run as the config has them now, known by their owner: a new name makes no other sync.
 *
 * @returns a full sentence instead where one is gone, or writes elsewhere now
 */
export function undoneSyncs(header: RunHeader, config: Config): readonly UndoneSync[] | string {
  const found: UndoneSync[] = [];
  for (const was of header.syncs) {
    const sync = config.syncs.find(({ owner }) => owner === was.owner);
    if (sync === undefined)
      return `The config no longer has a sync with the owner ${was.owner} (${was.name}).`;
    const { kind, tenant } = sync.to;
    if (kind !== was.kind || tenant !== was.tenant) {
      return `The sync ${was.name} wrote ${was.kind} of ${was.tenant}, and now writes ${kind} of ${tenant}.`;
    }
    const now = config.tenants.get(tenant);
    if (now?.kind === "microsoft" && now.tenantId !== was.tenantId) return otherTenant(was, now.tenantId);
    found.push({ was, sync });
  }
  return found;
}

export function otherTenant({ name, tenant, tenantId }: RunSync, now: string): string {
  return `The sync ${name} wrote to the tenant ${tenantId}; in the config, ${tenant} is now ${now}.`;
}

/** As far as its journal says; one that cannot be read may have changed anything. */
export function hasChangedNothing({ summary, inDoubt }: RunListing): boolean {
  return summary !== null && madeIn(summary) + inDoubt === 0;
}

/**
 * @param config - null where it is not valid
 * @returns why a run cannot be rolled back (a full sentence); null where it can
 */
export function obstacleTo(run: RunListing, config: Config | null): string | null {
  const { header, problem } = run;
  if (header === null || problem !== null) return problem ?? "Its journal cannot be read.";
  if (config === null) return "The config is not valid, and galops validate says why.";
  const syncs = undoneSyncs(header, config);
  if (typeof syncs === "string") return syncs;
  return hasChangedNothing(run) ? "It changed nothing." : null;
}
