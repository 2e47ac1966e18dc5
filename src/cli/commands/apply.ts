import path from "node:path";
import type { Context } from "../../model/context.ts";
import { carryOut } from "../run/carry-out.ts";
import { commandError } from "../interface/command-error.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { loadForRun, loadJob } from "../job/load-job.ts";
import { makePlan } from "../run/make-plan.ts";
import type { RunOptions, WriteOptions } from "../interface/options.ts";
import { readPlanFile } from "../plans/plan-file.ts";
import { checkSavedPlan, checkTenants } from "../plans/check-saved-plan.ts";
import { syncsNamed } from "../plans/planned-syncs.ts";
import { keysOf } from "../plans/seals.ts";
import { spoolPlan } from "../plans/spool.ts";
import { withApplyWriters } from "../run/with-writers.ts";

export interface ApplyOptions extends RunOptions, WriteOptions {
  readonly autoApprove: boolean;
  /** Milliseconds. */
  readonly maxAge: number;
}

/** Makes a saved plan, or plans, shows, asks and makes it. Both go the same way from a plan that is whole. */
export async function runApply(
  file: string | undefined,
  options: ApplyOptions,
  context: Context,
): Promise<ExitCode> {
  return file === undefined ? await planAndApply(options, context) : await applyFile(file, options, context);
}

async function planAndApply(options: ApplyOptions, context: Context): Promise<ExitCode> {
  const job = await loadJob(options, context);
  const syncs = job.syncs.map(({ sync }) => sync);
  return await withApplyWriters(job.config, syncs, options, context, async (world) => {
    const { writers } = world;
    const plan = await makePlan(job, writers, options, { context, progress: world.progress() });
    try {
      return await carryOut(plan, world, { ...options, savedIn: null });
    } finally {
      await plan.close();
    }
  });
}

async function applyFile(file: string, options: ApplyOptions, context: Context): Promise<ExitCode> {
  refuseNarrowing(options);
  const { config } = await loadForRun(options.config, context);
  // Taken to its end before anything is made: only then is it known to be whole. The file is not read again.
  const plan = await spoolPlan(readPlanFile(path.resolve(context.cwd, file), keysOf(context.env), file));
  try {
    const shown = { file, config: options.config ?? null };
    checkSavedPlan(plan, config, { now: context.clock.now(), maxAgeMs: options.maxAge }, shown);
    const syncs = syncsNamed(config, plan.syncs);
    return await withApplyWriters(config, syncs, options, context, async (world) => {
      checkTenants(plan, syncs, (sync) => world.writers.tenantId(sync));
      return await carryOut(plan, world, { ...options, savedIn: file });
    });
  } finally {
    await plan.close();
  }
}

/** What is saved was looked at as it is; made in part it would be another plan. */
function refuseNarrowing({ sync, mailbox, allow, sweep }: ApplyOptions): void {
  if (sync.length + mailbox.length + allow.length === 0 && !sweep) return;
  throw commandError(
    "saved-plan-narrowed",
    "A saved plan cannot be changed",
    "--sync, --mailbox, --sweep and --allow are options of planning. Give them to galops plan -o FILE, then apply that plan.",
  );
}
