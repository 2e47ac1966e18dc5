import { runAgainWith } from "../../model/allowance.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanEnd } from "../../model/plan.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";

/** How many changes a plan would make, new names of folders among them; what is withheld is not made. */
export function changesIn({ summary }: PlanEnd): number {
  return summary.create + summary.update + summary.delete + summary.adopt + (summary.rename ?? 0);
}

/** What a plan alone says: something could not be read, or a limit stands in its way. */
export function exitCodesOf({ diagnostics, refusals }: PlanEnd): readonly ExitCode[] {
  const hasError = diagnostics.some(({ severity }) => severity === "error");
  return [...(hasError ? [exitCode.error] : []), ...(refusals.length > 0 ? [exitCode.refused] : [])];
}

/**
 * What refuses a plan, each limit as an error.
 *
 * @param planAgain - the command line that makes a saved plan anew, for which `--allow` is; absent: that is this one
 */
export function limitDiagnostics({ refusals }: PlanEnd, planAgain?: string): readonly Diagnostic[] {
  return refusals.map(({ limit, message, allow, place = null }) => ({
    severity: "error",
    code: `limit-${limit}`,
    summary: "A safety limit refuses the plan",
    detail:
      planAgain === undefined
        ? message
        : message.replace(runAgainWith(allow), () => `plan again with ${planAgain} ${allow}, and apply that`),
    place,
  }));
}
