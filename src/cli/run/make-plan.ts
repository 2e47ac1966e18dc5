import { withExcerpts } from "../../config/place-excerpt.ts";
import { tenantIdentity } from "../../model/tenant-identity.ts";
import type { Context } from "../../model/context.ts";
import type { PlanRecord } from "../../model/plan.ts";
import type { BaseInput } from "../../reconcile/base-input.ts";
import { planAgainstBase } from "../../reconcile/plan-against-base.ts";
import type { PlanInput } from "../../reconcile/plan-input.ts";
import { planSyncs } from "../../reconcile/plan-syncs.ts";
import { explain } from "../output/explain.ts";
import { createLeftMailboxes } from "./left-mailboxes.ts";
import type { Job } from "../job/load-job.ts";
import type { RunOptions } from "../interface/options.ts";
import type { Progress } from "../output/progress.ts";
import { spoolPlan } from "../plans/spool.ts";
import type { Spool } from "../plans/spool.ts";
import type { Readers } from "../wiring/wire.ts";

/**
 * Reads everything and plans to the end.
 *
 * @param base - what the plan is compared with; null for a plan by itself
 */
export async function makePlan(
  job: Job,
  readers: Readers,
  options: RunOptions,
  world: { readonly context: Context; readonly progress: Progress },
  base: BaseInput | null = null,
): Promise<Spool> {
  const { context, progress } = world;
  const input: PlanInput = {
    configDigest: job.config.digest,
    syncs: job.syncs,
    source: (name) => readers.source(name),
    target: (sync) => readers.target(sync),
    tenant: ({ to }) => tenantIdentity(job.config.tenants, to.tenant),
    mailboxes: options.mailbox.length === 0 ? null : options.mailbox,
    sweep: options.sweep,
    allowances: job.allowances,
    parallelism: options.parallelism,
    diagnostics: job.diagnostics,
    explain,
    clock: context.clock,
    signal: context.signal,
    onProgress: (step) => progress.planning(step),
  };
  try {
    const records = base === null ? planSyncs(input) : planAgainstBase(input, base);
    return await spoolPlan(
      completed(records, job, readers, {
        cwd: context.cwd,
        isWhole: input.mailboxes === null && !input.sweep,
      }),
    );
  } finally {
    await progress.end();
  }
}

/** With what only the world knows: which tenants these are, and the lines of files that are told of. */
async function* completed(
  records: AsyncIterable<PlanRecord>,
  { config, syncs }: Job,
  readers: Readers,
  { cwd, isWhole }: { readonly cwd: string; readonly isWhole: boolean },
): AsyncGenerator<PlanRecord> {
  const tenantIds = new Map(syncs.map(({ sync }) => [sync.name, readers.tenantId(sync)]));
  const chosen = syncs.map(({ sync }) => sync);
  const left = createLeftMailboxes(config, chosen);
  for await (const record of records) {
    left.add(record);
    if (record.type === "end") {
      const more = isWhole ? await left.warnings(record.incomplete ?? []) : [];
      const refusals = record.refusals.map((refusal) => {
        const sync = chosen.find(({ name }) => name === refusal.sync);
        return sync === undefined ? refusal : { ...refusal, place: sync.place };
      });
      yield { ...record, refusals, diagnostics: withExcerpts([...record.diagnostics, ...more], cwd) };
    } else if (record.type === "sync") yield { ...record, tenantId: tenantIds.get(record.name) ?? "" };
    else yield record;
  }
}
