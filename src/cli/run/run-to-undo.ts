import { runNames } from "../../journal/list-runs.ts";
import type { Config } from "../../model/config.ts";
import type { RunListing } from "../../model/run.ts";
import { commandError } from "../interface/command-error.ts";
import type { CommandError } from "../interface/command-error.ts";
import type { NextCommands } from "../interface/next-commands.ts";
import type { Ui } from "../output/ui.ts";
import { hasChangedNothing, obstacleTo } from "./undoable.ts";

interface Runs {
  /** Where their journals are. */
  readonly folder: string;
  /** The newest first. */
  readonly runs: readonly RunListing[];
  readonly config: Config;
  readonly commands: NextCommands;
}

/**
 * The run that is to be rolled back, of which `galops runs` says, too, that it changed something.
 *
 * @param name - of the run, as much of its beginning as no other run has, or `last`
 * @throws {CommandError}
 */
export async function runToUndo(name: string, runs: Runs, ui: Ui): Promise<string> {
  const run = name === "last" ? await lastRun(runs, ui) : await namedRun(runs.folder, name);
  refuseNothing(run, runs);
  return run;
}

/** A rollback that changed nothing is passed over: what it was to undo still stands. */
async function lastRun({ folder, runs }: Runs, ui: Ui): Promise<string> {
  const found = runs.find((run) => (run.header?.undoes ?? null) === null || !hasChangedNothing(run));
  if (found === undefined) {
    throw noRun("unknown-run", `There is no run in ${folder} that can be rolled back.`);
  }
  const passed = runs.slice(0, runs.indexOf(found)).map(({ run }) => run);
  if (passed.length > 0) {
    const what = passed.length === 1 ? "a rollback that changed nothing" : "rollbacks that changed nothing";
    await ui.remark(`Skipped ${what}: ${passed.join(", ")}. The last run is ${found.run}.\n`);
  }
  return found.run;
}

function refuseNothing(run: string, { runs, config, commands }: Runs): void {
  const listed = runs.find((one) => one.run === run);
  if (listed === undefined || !hasChangedNothing(listed)) return;
  const other = runs.find((one) => one.header?.undoes !== run && obstacleTo(one, config) === null);
  const advice =
    other === undefined ? "" : ` The last one that can be rolled back: ${commands.rollback(other.run)}`;
  throw commandError(
    "nothing-to-roll-back",
    "There is nothing to roll back",
    `The run ${run} changed nothing, so there is nothing to undo.${advice}`,
  );
}

async function namedRun(folder: string, name: string): Promise<string> {
  if (name === "") throw noRun("unknown-run", "The name of the run is empty. galops runs lists the runs.");
  const [run, ...others] = (await runNames(folder)).filter((one) => one.startsWith(name));
  if (run === undefined) {
    throw noRun("unknown-run", `There is no run ${name} in ${folder}. galops runs lists the runs.`);
  }
  if (others.length === 0) return run;
  const all = [run, ...others];
  const some = all.slice(0, 5).join(", ");
  throw noRun("ambiguous-run", `${all.length} runs begin with ${name}: ${some}. Give more of the name.`);
}

function noRun(code: "unknown-run" | "ambiguous-run", detail: string): CommandError {
  return commandError(code, "No such run", detail);
}
