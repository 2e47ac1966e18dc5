import path from "node:path";
import type { Context } from "../../model/context.ts";
import type { BaseInput } from "../../reconcile/base-input.ts";
import type { ConnectOptions } from "../wiring/connections.ts";
import type { Lock } from "../../seal/keys.ts";
import { commandError } from "../interface/command-error.ts";
import type { CommandError } from "../interface/command-error.ts";
import { exitCode, worstOf } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { loadBase } from "../job/load-base.ts";
import { loadJob } from "../job/load-job.ts";
import type { Job } from "../job/load-job.ts";
import { makePlan } from "../run/make-plan.ts";
import { commandLine } from "../interface/next-commands.ts";
import type { RunOptions } from "../interface/options.ts";
import { namingFile } from "../plans/naming-file.ts";
import { writePlanFile } from "../plans/plan-file.ts";
import { checkPlanPlace, refuseConfigPlace } from "../plans/plan-place.ts";
import type { PlanPlace } from "../plans/plan-place.ts";
import { createProgress } from "../output/progress.ts";
import { readersOfLog } from "../process/repository.ts";
import { keysOf, lockOf, passphraseWarnings } from "../plans/seals.ts";
import { changesIn, exitCodesOf } from "../plans/verdict.ts";
import { showPlan } from "../output/show-plan.ts";
import type { Spool } from "../plans/spool.ts";
import { createUi } from "../output/ui.ts";
import { wireBothReaders } from "../wiring/wire-base.ts";
import { wireReaders } from "../wiring/wire.ts";
import type { Readers } from "../wiring/wire.ts";

export interface PlanOptions extends RunOptions {
  /** Path of the config that the plan is compared with. */
  readonly base?: string;
  readonly out?: string;
  readonly encryptTo: readonly string[];
  readonly detailedExitcode: boolean;
}

/** Shows what would change. It is given nothing that could change it. */
export async function runPlan(options: PlanOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const out =
    options.out === undefined ? null : { file: path.resolve(context.cwd, options.out), shown: options.out };
  if (out !== null) await checkPlanPlace(out, keysOf(context.env));
  const lock = await lockOf(options.encryptTo, context.env);
  if (options.base !== undefined && options.sweep) throw sweptAgainstBase();
  if (out === null && options.encryptTo.length > 0) throw nothingToEncrypt();
  if (out !== null) await ui.report(passphraseWarnings(options.encryptTo, context.env));
  const job = await loadJob(options, context);
  if (out !== null) refuseConfigPlace(out, job.config);
  const progress = createProgress(ui.log, { ...ui, clock: context.clock });
  const { readers, base } = await wire(job, options, context, {
    requests: options.parallelism * 4,
    onWait: (wait) => progress.waiting(wait),
  });
  try {
    const plan = await makePlan(job, readers, options, { context, progress }, base);
    try {
      if (out !== null) await savePlan(out, plan, lock, context);
      await showPlan(plan, ui);
      if (options.out !== undefined) {
        await ui.remark(savedNote(options.out, options.config, plan.end.refusals.length > 0));
        if (lock === null && readersOfLog(context.env) !== "nowhere") await ui.remark(readableNote);
      }
      const found = options.detailedExitcode && changesIn(plan.end) > 0 ? [exitCode.changes] : [];
      return worstOf([...exitCodesOf(plan.end), ...found]);
    } finally {
      await plan.close();
    }
  } finally {
    await progress.end();
    await readers.close();
  }
}

async function wire(
  job: Job,
  options: PlanOptions,
  context: Context,
  connect: ConnectOptions,
): Promise<{ readonly readers: Readers; readonly base: BaseInput | null }> {
  const { config } = job;
  const syncs = job.syncs.map(({ sync }) => sync);
  if (options.base === undefined) {
    return { readers: await wireReaders(config, syncs, context, connect), base: null };
  }
  const base = await loadBase(options.base, job, context, options.sync.length > 0);
  const part = { config: base.config, syncs: base.syncs.map(({ sync }) => sync) };
  const readers = await wireBothReaders({ config, syncs }, part, context, connect);
  return { readers, base: { ...base, ...readers.base } };
}

async function savePlan(
  { file, shown }: PlanPlace,
  plan: Spool,
  lock: Lock | null,
  { random }: Context,
): Promise<void> {
  try {
    if (lock === null) return await writePlanFile(file, plan.text(), random);
    const { sealText } = await import("../../seal/sealed-text.ts");
    await writePlanFile(file, sealText(plan.text(), lock), random);
  } catch (error) {
    throw namingFile(error, shown);
  }
}

function nothingToEncrypt(): CommandError {
  return commandError(
    "nothing-to-encrypt",
    "There is no file to encrypt",
    "--encrypt-to applies to a saved plan. Name its file with -o, or remove --encrypt-to.",
  );
}

function sweptAgainstBase(): CommandError {
  return commandError(
    "sweep-against-base",
    "A sweep cannot be compared with a base",
    "--base shows what a change to the config causes, and --sweep finds what earlier configs left behind. Use one of them at a time.",
  );
}

const readableNote =
  "It is not encrypted, and it names people. As a CI artifact it shows them to everyone who can download it;\n" +
  "set GALOPS_PLAN_PASSPHRASE or --encrypt-to to encrypt it.\n";

function savedNote(file: string, config: string | undefined, isRefused: boolean): string {
  const apply = commandLine(["galops", "apply", file, ...(config === undefined ? [] : ["-c", config])]);
  return isRefused
    ? `\nThe plan is saved in ${file} for review only; apply refuses it.\n`
    : `\nThe plan is saved in ${file}. To make exactly these changes:\n  ${apply}\n`;
}
