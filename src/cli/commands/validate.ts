import { loadConfig } from "../../config/load.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { renderDiagnosticsJson } from "../../render/json.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { everythingWrong } from "../load-job.ts";
import type { ConfigOptions } from "../options.ts";
import { createUi } from "../ui.ts";

/** Checks everything about a config that can be checked without a tenant. */
export async function runValidate(options: ConfigOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const loaded = await loadConfig(options.config ?? null, context, { secrets: "optional" });
  const diagnostics = everythingWrong(loaded);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (ui.format === "json") await ui.print([renderDiagnosticsJson(ui.diagnostics(diagnostics))]);
  else {
    await ui.report(diagnostics);
    await ui.print([`${verdict(errors, diagnostics)}\n`]);
  }
  return errors > 0 ? exitCode.error : exitCode.done;
}

function verdict(errors: number, diagnostics: readonly Diagnostic[]): string {
  const warnings = diagnostics.length - errors;
  const doubts = warnings === 0 ? "" : warnings === 1 ? ", with 1 warning" : `, with ${warnings} warnings`;
  if (errors === 0) return `The configuration is valid${doubts}.`;
  return `The configuration is not valid: ${errors === 1 ? "1 error" : `${errors} errors`}${doubts}.`;
}
