import { isBlind } from "../../render/is-blind.ts";
import { renderPlanJson } from "../../render/json.ts";
import { renderPlanText } from "../../render/text.ts";
import type { Spool } from "../plans/spool.ts";
import { limitDiagnostics } from "../plans/verdict.ts";
import { isDocument, planDocument } from "./documents.ts";
import type { Ui } from "./ui.ts";

/**
 * The plan as the result of a command, and what it has to say beside it.
 *
 * @param condition - what would have to be for its changes to be made, e.g. `if they were approved`
 */
export async function showPlan(plan: Spool, ui: Ui, condition?: string): Promise<void> {
  const { color } = ui;
  const records = ui.records(plan, "result");
  if (isDocument(ui.format)) await ui.print(planDocument(ui.format, plan, null, ui));
  else if (ui.format === "json") await ui.print(renderPlanJson(records));
  else if (isBlind(plan))
    await ui.print(["\nThere is no plan: nothing could be compared. See the errors.\n"]);
  else await ui.print(renderPlanText(records, { color, condition }));
  await ui.report([...plan.end.diagnostics, ...limitDiagnostics(plan.end)]);
}
