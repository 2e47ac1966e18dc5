import { withExcerpts } from "../../config/place-excerpt.ts";
import type { Context, Output } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { renderDiagnosticsJson } from "../../render/json.ts";
import { CommandError } from "../interface/command-error.ts";
import { explain } from "./explain.ts";
import { createUi } from "./ui.ts";
import type { Ui, UiOptions } from "./ui.ts";

/** Why a command ended before its end; null for a bug. */
export function failureDiagnostics(error: unknown, cwd: string): readonly Diagnostic[] | null {
  if (error instanceof CommandError) return error.diagnostics;
  const known = explain(error);
  return known === null ? null : withExcerpts([known], cwd);
}

/** With JSON, why nothing was done is a result, too: whoever reads the result later has nothing else. */
export async function printRefusal(diagnostics: readonly Diagnostic[], ui: Ui): Promise<void> {
  if (ui.format === "json") await ui.print([renderDiagnosticsJson(ui.diagnostics(diagnostics))]);
}

/**
 * Runs `work`, and prints why it could not begin, where it has printed nothing before.
 *
 * @throws whatever `work` throws: it is still to be reported
 */
export async function printingFailure<Result>(
  options: UiOptions,
  context: Context,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const watched = watch(context.stdout);
  try {
    return await work({ ...context, stdout: watched.output });
  } catch (error) {
    const isInterrupted = context.signal.aborted && error === context.signal.reason;
    const why = isInterrupted ? null : failureDiagnostics(error, context.cwd);
    const ui = why === null || watched.isWritten() ? null : uiOrNull(options, context);
    if (why !== null && ui !== null) await printRefusal(why, ui);
    throw error;
  }
}

/** Null where nothing may be printed at all, which is what is reported then. */
function uiOrNull(options: UiOptions, context: Context): Ui | null {
  try {
    return createUi(options, context);
  } catch (error) {
    if (error instanceof CommandError) return null;
    throw error;
  }
}

function watch(output: Output): { readonly output: Output; readonly isWritten: () => boolean } {
  let isWritten = false;
  return {
    isWritten: () => isWritten,
    output: {
      isTTY: output.isTTY,
      get columns() {
        return output.columns;
      },
      write(text) {
        isWritten = true;
        return output.write(text);
      },
    },
  };
}
