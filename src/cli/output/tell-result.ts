import type { ApplyResult } from "../../model/apply-result.ts";
import { harmless } from "../../render/harmless.ts";
import { renderResultJson, renderResultText } from "../../render/result.ts";
import type { NextCommands } from "../interface/next-commands.ts";
import { isDocument, planDocument } from "./documents.ts";
import { changesIn, exitCodesOf } from "../plans/verdict.ts";
import type { Spool } from "../plans/spool.ts";
import type { Ui } from "./ui.ts";

interface Telling {
  /** Whether the plan was just made, and shown. */
  readonly isNew: boolean;
  /** Whether the run changed anything, or may have. */
  readonly isUndoable: boolean;
  /** The run that was rolled back; null for an apply. */
  readonly undoes: string | null;
  readonly commands: NextCommands;
}

/** What an apply did: the result to stdout, and to stderr what failed or was left alone. */
export async function tellResult(
  plan: Spool,
  result: ApplyResult,
  { isNew, isUndoable, undoes, commands }: Telling,
  ui: Ui,
): Promise<void> {
  await ui.failures(result, { undoes, commands });
  const shown = ui.outcome(result);
  const { color, columns } = ui;
  const isComplete = exitCodesOf(plan.end).length === 0;
  if (isDocument(ui.format)) await ui.print(planDocument(ui.format, plan, result, ui));
  else if (ui.format === "json") await ui.print([renderResultJson(shown)]);
  else if (changesIn(plan.end) + result.summary.skipped > 0 || !isComplete) {
    await ui.print(["\n", renderResultText(shown, { color, columns, undoes })]);
    if (result.run === null) return;
    const undo = isUndoable ? ` To undo it: ${harmless(commands.rollback(result.run))}` : "";
    await ui.remark(`\nThis run is written down as ${result.run}.${undo}\n`);
  } else if (!isNew) await ui.print(["No changes. The saved plan has nothing to do.\n"]);
}
