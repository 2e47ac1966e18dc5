import path from "node:path";
import type { Context } from "../../model/context.ts";
import { exitCode, worstOf } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { loadJob } from "../load-job.ts";
import { makePlan } from "../make-plan.ts";
import type { RunOptions } from "../options.ts";
import { checkPlanFile, writePlanFile } from "../plan-file.ts";
import { createProgress } from "../progress.ts";
import { changesIn, exitCodesOf, showPlan } from "../show-plan.ts";
import { createUi } from "../ui.ts";
import { wireReaders } from "../wire.ts";

export interface PlanOptions extends RunOptions {
  readonly out?: string;
  readonly detailedExitcode: boolean;
}

/** Shows what would change. It is given nothing that could change it. */
export async function runPlan(options: PlanOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const out = options.out === undefined ? null : path.resolve(context.cwd, options.out);
  if (out !== null) await checkPlanFile(out);
  const job = await loadJob(options, context);
  const progress = createProgress(ui.log, { ...ui, clock: context.clock });
  const readers = await wireReaders(
    job.config,
    job.syncs.map(({ sync }) => sync),
    context,
    { requests: options.parallelism * 4, onWait: (wait) => progress.waiting(wait) },
  );
  try {
    const plan = await makePlan(job, readers, options, { context, progress });
    try {
      if (out !== null) await writePlanFile(out, plan.text(), context.random);
      await showPlan(plan, ui);
      if (options.out !== undefined) await ui.remark(savedNote(options.out, plan.end.refusals.length > 0));
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

function savedNote(file: string, isRefused: boolean): string {
  return isRefused
    ? `\nThe plan is saved in ${file} for reading; apply will not take it.\n`
    : `\nThe plan is saved in ${file}. To make exactly these changes:\n  galops apply ${file}\n`;
}
