import { headersOf } from "../../journal/list-runs.ts";
import { journalPlace } from "../../journal/run-folder.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { RunHeader } from "../../model/run.ts";

/** Runs that are looked at: whoever has had none of a sync in so many has other worries. */
const mostRuns = 50;

/**
 * Warns of syncs that had another owner when they last ran here, by the journals beside the config; of none where
 * there are no journals.
 */
export async function changedOwners(
  { folder }: Config,
  syncs: readonly SyncConfig[],
): Promise<readonly Diagnostic[]> {
  const last = await lastRuns(journalPlace(folder, null).folder, new Set(syncs.map(({ name }) => name)));
  return syncs.flatMap((sync) => {
    const was = last.get(sync.name);
    return was === undefined || was.owner === sync.owner ? [] : [ownerChanged(sync, was)];
  });
}

interface LastRun {
  readonly run: string;
  readonly owner: string;
}

async function lastRuns(folder: string, names: ReadonlySet<string>): Promise<ReadonlyMap<string, LastRun>> {
  const last = new Map<string, LastRun>();
  let looked = 0;
  for await (const { run, syncs } of headersOf(folder)) {
    addTo(last, run, syncs);
    if (++looked === mostRuns || [...names].every((name) => last.has(name))) break;
  }
  return last;
}

function addTo(last: Map<string, LastRun>, run: string, syncs: RunHeader["syncs"]): void {
  for (const { name, owner } of syncs) if (!last.has(name)) last.set(name, { run, owner });
}

function ownerChanged({ name, place }: SyncConfig, { run, owner }: LastRun): Diagnostic {
  return {
    severity: "warning",
    code: "owner-changed",
    summary: "The owner of a sync has changed",
    detail:
      `When the sync ${name} last ran (${run}), its owner was ${owner}. Its contacts belong to that owner: galops no longer ` +
      "touches them, and creates everyone a second time. Restore that owner to keep using " +
      "those contacts. If this is a different sync, rename it.",
    place,
  };
}
