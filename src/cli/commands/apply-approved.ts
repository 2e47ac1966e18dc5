import path from "node:path";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanRecord } from "../../model/plan.ts";
import { beyondApproved } from "../../plan/beyond-approved.ts";
import { commandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { loadJob } from "../job/load-job.ts";
import type { Job } from "../job/load-job.ts";
import { printRefusal } from "../output/print-failure.ts";
import { showPlan } from "../output/show-plan.ts";
import { checkSavedPlan, checkTenants } from "../plans/check-saved-plan.ts";
import { readPlanFile } from "../plans/plan-file.ts";
import { keysOf } from "../plans/seals.ts";
import { spoolPlan } from "../plans/spool.ts";
import type { Spool } from "../plans/spool.ts";
import { changesIn, limitDiagnostics } from "../plans/verdict.ts";
import { carryOut } from "../run/carry-out.ts";
import type { CarryOutWorld } from "../run/carry-out.ts";
import { makePlan } from "../run/make-plan.ts";
import { withApplyWriters } from "../run/with-writers.ts";
import type { ApplyOptions } from "./apply.ts";

/** A saved plan that somebody said yes to. */
interface Approved {
  /** As the user named it. */
  readonly file: string;
  readonly plan: Spool;
}

/**
 * Plans again, and makes it only where nothing goes beyond the approved plan. That plan was looked at, so nobody is
 * asked; it brings its own `--allow`, so that what is unusual is acknowledged where it is looked at and nowhere else.
 */
export async function runApplyApproved(
  file: string,
  options: ApplyOptions,
  context: Context,
): Promise<ExitCode> {
  refuseAllow(options);
  const keys = keysOf(context.env);
  // Nobody looks at it again before it is made; an artifact is found by its name, which whoever may push can give.
  const plain = keys.passphrase === "" && keys.identity === "" ? "accepted" : "refused";
  const plan = await spoolPlan(readPlanFile(path.resolve(context.cwd, file), keys, file, plain));
  try {
    const job = jobFor(plan, await loadJob(options, context), options);
    const age = { now: context.clock.now(), maxAgeMs: options.maxAge };
    checkSavedPlan(plan, job.config, age, { file, config: options.config ?? null });
    const syncs = job.syncs.map(({ sync }) => sync);
    return await withApplyWriters(job.config, syncs, options, context, (world) =>
      applyWithin({ file, plan }, job, world, options),
    );
  } finally {
    await plan.close();
  }
}

async function applyWithin(
  approved: Approved,
  job: Job,
  world: CarryOutWorld,
  options: ApplyOptions,
): Promise<ExitCode> {
  const { ui, context, writers } = world;
  const { header, end } = approved.plan;
  const syncs = job.syncs.map(({ sync }) => sync).filter(({ name }) => approved.plan.syncs.includes(name));
  checkTenants(approved.plan, syncs, (sync) => writers.tenantId(sync));
  if (end.refusals.length > 0) {
    await ui.report(limitDiagnostics(end));
    await printRefusal(limitDiagnostics(end), ui);
    return exitCode.refused;
  }
  const mailbox = options.mailbox.length > 0 ? options.mailbox : (header.mailboxes ?? []);
  const wanted = { ...options, mailbox };
  const plan = await makePlan(job, writers, wanted, { context, progress: world.progress() });
  try {
    const more = await spoolPlan(told(plan, approved, job));
    try {
      if (changesIn(more.end) > 0) {
        if (ui.format === "text") await ui.print([`\nNot in the approved plan ${approved.file}:\n`]);
        await showPlan(more, ui, "if they were approved");
        return exitCode.refused;
      }
    } finally {
      await more.close();
    }
    await ui.remark(`${coverage(approved, plan, job)}\n`);
    const code = await carryOut(plan, world, { ...options, savedIn: null, autoApprove: true });
    if (plan.end.refusals.length > 0) await ui.report([allowElsewhere(approved)]);
    return code;
  } finally {
    await plan.close();
  }
}

/** What a plan has beyond the approved one, and what to say of it. */
async function* told(plan: Spool, approved: Approved, job: Job): AsyncGenerator<PlanRecord> {
  const terms = {
    records: approved.plan.records(),
    syncs: approved.plan.syncs,
    allowances: approved.plan.header.allowances,
    allow: job.config.approval.allow,
  };
  for await (const record of beyondApproved(plan.records(), terms)) {
    if (record.type !== "end" || changesIn(record) === 0) yield record;
    else {
      const all = changesIn(plan.end);
      yield {
        ...record,
        diagnostics: [...record.diagnostics, notApproved(approved, changesIn(record), all)],
      };
    }
  }
}

/** The syncs of the approved plan, unless it is told which; what it allowed may meanwhile be done in part. */
function jobFor({ header, syncs }: Spool, job: Job, { sync }: ApplyOptions): Job {
  return {
    ...job,
    syncs: sync.length > 0 ? job.syncs : job.syncs.filter((one) => syncs.includes(one.sync.name)),
    allowances: header.allowances.map((allowance) => ({ ...allowance, orFewer: true })),
  };
}

function refuseAllow({ allow }: ApplyOptions): void {
  if (allow.length === 0) return;
  throw commandError(
    "allow-not-approved",
    "An --allow must be approved",
    "--approved permits only what the approved plan allows. Give --allow to galops plan -o FILE, and have that plan approved.",
  );
}

function coverage({ file, plan: { end } }: Approved, plan: Spool, { config }: Job): string {
  if (changesIn(plan.end) === 0) return `Nothing is left to do from the approved plan ${file} (${end.id}).`;
  const { allow } = config.approval;
  const beside = allow.length === 0 ? "" : `, or permitted by approval.allow (${allow.join(", ")})`;
  return `Every change is in the approved plan ${file} (${end.id})${beside}.`;
}

function notApproved({ file, plan: { header, end } }: Approved, beyond: number, all: number): Diagnostic {
  const some = all === 1 ? "The change that is" : `${beyond} of the ${all} changes that are`;
  const are = beyond === 1 ? "is" : "are";
  const carried =
    header.allowances.length === 0
      ? ""
      : " Because the approved plan has an --allow, approval.allow permits no further changes of that kind.";
  return {
    severity: "error",
    code: "not-approved",
    summary: "The changes go beyond the approved plan",
    detail: `${some} needed now ${are} not in the approved plan ${file} (${end.id}), so nothing was changed.${carried} Plan again and have that plan approved. approval.allow in the config sets which changes need no approval.`,
    place: null,
  };
}

function allowElsewhere({ file }: Approved): Diagnostic {
  return {
    severity: "error",
    code: "allow-not-approved",
    summary: "An --allow must be approved",
    detail: `The approved plan ${file} does not allow what a limit refuses. Plan again with the --allow that the refusal names, and have that plan approved. --approved does not accept --allow.`,
    place: null,
  };
}
