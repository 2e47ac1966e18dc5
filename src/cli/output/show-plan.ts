import type { PlanEnd } from "../../model/plan.ts";
import { renderPlanJson } from "../../render/json.ts";
import { renderPlanText } from "../../render/text.ts";
import { isDocument, planDocument } from "./documents.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { limitDiagnostics } from "../plans/check-saved-plan.ts";
import type { Spool } from "../plans/spool.ts";
import type { Ui } from "./ui.ts";

/** The plan as the result of a command, and what it has to say beside it. */
export async function showPlan(plan: Spool, ui: Ui): Promise<void> {
  const { color } = ui;
  const records = ui.records(plan, "result");
  if (isDocument(ui.format)) await ui.print(planDocument(ui.format, plan, null, ui));
  else if (ui.format === "json") await ui.print(renderPlanJson(records));
  else if (isBlind(plan))
    await ui.print(["\nThere is no plan: nothing could be compared. See the errors.\n"]);
  else await ui.print(renderPlanText(records, { color }));
  await ui.report([...plan.end.diagnostics, ...limitDiagnostics(plan.end)]);
}

/** Whether errors left nothing that could be compared; that nothing would change then says nothing. */
export function isBlind({ booksRead, end }: Spool): boolean {
  return booksRead === 0 && end.diagnostics.some(({ severity }) => severity === "error");
}

/** How many changes a plan would make, new names of folders among them; what is withheld is not made. */
export function changesIn({ summary }: PlanEnd): number {
  return summary.create + summary.update + summary.delete + summary.adopt + (summary.rename ?? 0);
}

/** What a plan alone says: something could not be read, or a limit stands in its way. */
export function exitCodesOf({ diagnostics, refusals }: PlanEnd): readonly ExitCode[] {
  const hasError = diagnostics.some(({ severity }) => severity === "error");
  return [...(hasError ? [exitCode.error] : []), ...(refusals.length > 0 ? [exitCode.refused] : [])];
}
