import path from "node:path";
import { loadConfig } from "../../config/load.ts";
import { listRuns, lookedThrough } from "../../journal/list-runs.ts";
import { journalPlace } from "../../journal/run-folder.ts";
import type { Config } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { RunListing, RunShown } from "../../model/run.ts";
import { renderRunsJson, renderRunsText } from "../../render/runs.ts";
import { CommandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { everythingWrong } from "../job/load-job.ts";
import type { ConfigOptions } from "../interface/options.ts";
import { keysOf } from "../plans/seals.ts";
import { createUi } from "../output/ui.ts";
import { hasChangedNothing, obstacleTo } from "../run/undoable.ts";

export interface RunsOptions extends ConfigOptions {
  readonly journal?: string;
}

/** Lists what runs did, and which of them can be undone; for a config that is not valid without the latter. */
export async function runRuns(options: RunsOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const loaded = await loadConfig(options.config ?? null, context, { secrets: "optional" });
  const { config } = loaded;
  if (loaded.folder === null) throw new CommandError(await everythingWrong(loaded));
  const given = options.journal === undefined ? null : path.resolve(context.cwd, options.journal);
  const { folder } = journalPlace(loaded.folder, given);
  const keys = keysOf(context.env);
  const runs: RunListing[] = [];
  for (const run of await listRuns(folder, keys)) runs.push(await lookedThrough(folder, run, keys));
  const shown = runs.map((run) => shownOf(run, runs, config));
  const { color } = ui;
  await ui.print([ui.format === "json" ? renderRunsJson(shown) : renderRunsText(shown, { color, folder })]);
  return exitCode.done;
}

function shownOf(listing: RunListing, all: readonly RunListing[], config: Config | null): RunShown {
  const undoing = all.find((one) => one.header?.undoes === listing.run && !hasChangedNothing(one));
  const isRolledBackPartly = undoing !== undefined && !isWhole(undoing);
  const rolledBackBy = undoing?.run ?? null;
  return { ...listing, rolledBackBy, isRolledBackPartly, obstacle: obstacleTo(listing, config) };
}

/** Whether a run made all that it was to make. */
function isWhole({ state, summary }: RunListing): boolean {
  return state === "complete" && (summary === null || summary.failed + summary.skipped === 0);
}
