import type { Context } from "../../model/context.ts";
import { harmlessLines } from "../../render/harmless.ts";
import { exitCode, exitCodeOf } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { failureDiagnostics } from "./print-failure.ts";
import type { Ui } from "./ui.ts";

/** Says why a command ended before its end. */
export async function reportFailure(
  error: unknown,
  world: { readonly ui: Ui; readonly context: Context; readonly isVerbose: boolean },
): Promise<ExitCode> {
  const { ui, context, isVerbose } = world;
  // What is being changed is never broken off by the signal's reason (see apply).
  if (context.signal.aborted && error === context.signal.reason) {
    await ui.log.write("Interrupted. Nothing was changed.\n");
    return exitCodeOf(context.signal);
  }
  const why = failureDiagnostics(error, context.cwd);
  if (why !== null) await ui.report(why);
  else await ui.log.write(bugReport(error, isVerbose));
  return exitCode.error;
}

/** @param isVerbose - whether it says where */
export function bugReport(error: unknown, isVerbose: boolean): string {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? name) : name;
  const more = isVerbose ? stack : `${name}\n(--verbose shows where.)`;
  return `This is a bug in galops, not a mistake of yours. Please report it with the text below.\n\n${harmlessLines(more)}\n`;
}
