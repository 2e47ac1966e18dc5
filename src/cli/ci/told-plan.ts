import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { loadConfig } from "../../config/load.ts";
import type { Context } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { explain } from "../output/explain.ts";
import { readPlanFile } from "../plans/plan-file.ts";
import { keysOf } from "../plans/seals.ts";
import { spoolPlan } from "../plans/spool.ts";
import type { CiReport } from "./ci-report.ts";

/** Where no plan was saved, or none that can be read, that is what is told. */
export async function openToldPlan(
  file: string,
  { cwd, env }: Context,
): Promise<Pick<CiReport, "plan" | "unreadable">> {
  const whole = path.resolve(cwd, file);
  if (!existsSync(whole) || statSync(whole).size === 0) return { plan: null, unreadable: [] };
  try {
    return { plan: await spoolPlan(readPlanFile(whole, keysOf(env), file)), unreadable: [] };
  } catch (error) {
    const why = explain(error);
    if (why === null) throw error;
    return { plan: null, unreadable: [why] };
  }
}

/**
 * Refuses to tell of one config what was planned of another one. An apply that did not begin may have done so for that
 * very reason, and then that is told.
 *
 * @param given - the config and the plan as the user named them
 * @param name - the config as the repository names it
 * @throws {CommandError}
 */
export async function refuseAnother(
  { plan, output }: CiReport,
  given: { readonly config?: string; readonly plan: string },
  name: string,
  context: Context,
): Promise<void> {
  if (plan === null || output?.kind === "failed" || output?.kind === "nothing") return;
  const { draft } = await loadConfig(given.config ?? null, context, { secrets: "optional" });
  const { configDigest } = plan.header;
  // What cannot be read as a config has no digest.
  if (draft === null || draft.digest === configDigest) return;
  throw commandError(
    "plan-of-another-config",
    "The plan was made from another config",
    `${given.plan} was made from a config with the digest ${configDigest}, and ${name} has ${draft.digest}. ` +
      "It was not reported. Use -c to name the config that was planned.",
  );
}
