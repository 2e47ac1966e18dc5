import path from "node:path";
import type { Context } from "../../model/context.ts";
import { renderSavedPlanHead } from "../../render/saved-plan.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { PrintOptions } from "../options.ts";
import { readPlanFile } from "../plan-file.ts";
import { keysOf } from "../seals.ts";
import { showPlan } from "../show-plan.ts";
import { spoolPlan } from "../spool.ts";
import { createUi } from "../ui.ts";

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
