import { nearestName } from "../model/nearest-name.ts";
import type { Context } from "../model/context.ts";
import { planSyncs } from "../reconcile/plan-syncs.ts";
import { explain } from "./explain.ts";
import type { Job } from "./load-job.ts";
import type { RunOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { spoolPlan } from "./spool.ts";
import type { Spool } from "./spool.ts";
import type { Readers } from "./wire.ts";

/** Reads everything and plans to the end. */
export async function makePlan(
  job: Job,
  readers: Readers,
  options: RunOptions,
  world: { readonly context: Context; readonly progress: Progress },
): Promise<Spool> {
  const { context, progress } = world;
  const records = planSyncs({
    configDigest: job.config.digest,
    syncs: job.syncs,
    source: (name) => readers.source(name),
    target: (sync) => readers.target(sync),
    mailboxes: options.mailbox.length === 0 ? null : options.mailbox,
    allowances: job.allowances,
    parallelism: options.parallelism,
    diagnostics: job.diagnostics,
    explain,
    suggest: nearestName,
    clock: context.clock,
    signal: context.signal,
    onProgress: (step) => progress.planning(step),
  });
  try {
    return await spoolPlan(records);
  } finally {
    await progress.end();
  }
}
