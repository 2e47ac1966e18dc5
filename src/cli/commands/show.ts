import path from "node:path";
import type { Context } from "../../model/context.ts";
import { renderSavedPlanHead } from "../../render/saved-plan.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { PrintOptions } from "../interface/options.ts";
import { readPlanFile } from "../plans/plan-file.ts";
import { keysOf } from "../plans/seals.ts";
import { showPlan } from "../output/show-plan.ts";
import { spoolPlan } from "../plans/spool.ts";
import { createUi } from "../output/ui.ts";

/** Shows a saved plan again. */
export async function runShow(file: string, options: PrintOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  // Taken to its end first: half a plan is not shown as if it were one.
  const plan = await spoolPlan(readPlanFile(path.resolve(context.cwd, file), keysOf(context.env), file));
  try {
    if (ui.format === "text") await ui.print([renderSavedPlanHead(await ui.header(plan), plan.end, ui)]);
    await showPlan(plan, ui);
    return exitCode.done;
  } finally {
    await plan.close();
  }
}
