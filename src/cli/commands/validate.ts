import { loadConfig, sortDiagnostics } from "../../config/load.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { renderAnnotations } from "../../render/annotations.ts";
import { harmless } from "../../render/harmless.ts";
import { renderDiagnosticsJson } from "../../render/json.ts";
import { counted } from "../../render/prose.ts";
import { checkFiles } from "../job/check-files.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import { everythingWrong } from "../job/load-job.ts";
import type { ConfigOptions } from "../interface/options.ts";
import { inRepository } from "../process/repository.ts";
import { createUi } from "../output/ui.ts";
import { version } from "../interface/version.ts";

/** Checks everything about a config that can be checked without a tenant. */
export async function runValidate(options: ConfigOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const loaded = await loadConfig(options.config ?? null, context, { secrets: "optional" });
  const ofFiles = loaded.draft === null ? [] : await checkFiles(loaded.draft, context);
  const ofConfig = await everythingWrong(loaded);
  const diagnostics = sortDiagnostics([...withoutEchoes(ofConfig, ofFiles), ...ofFiles]);
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (ui.format === "json") {
    const mesh = inMesh(loaded.config).map(({ name, owner }) => ({ sync: name, owner }));
    await ui.print([renderDiagnosticsJson(ui.diagnostics(diagnostics), mesh.length === 0 ? {} : { mesh })]);
  } else if (ui.format === "sarif") {
    const { renderSarif } = await import("../../render/sarif.ts");
    const file = options.config ?? "galops.yaml";
    await ui.print([renderSarif(ui.diagnostics(diagnostics), { version: version(), file })]);
  } else {
    if (ui.format === "github") {
      await ui.print(renderAnnotations(ui.diagnostics(diagnostics), (file) => inRepository(file, context)));
    }
    await ui.report(diagnostics);
    await ui.print([`${verdict(errors, diagnostics)}\n`, ...expanded(loaded.config)]);
  }
  return errors > 0 ? exitCode.error : exitCode.done;
}

/** Where the file of a sandbox tenant says what is wrong with it, not also that a mesh misses the tenant's id. */
function withoutEchoes(
  ofConfig: readonly Diagnostic[],
  ofFiles: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (!ofFiles.some(({ code }) => code.startsWith("sandbox-"))) return ofConfig;
  return ofConfig.filter(({ code, severity }) => code !== "tenant-id-unknown" || severity !== "error");
}

function inMesh(config: Config | null): readonly SyncConfig[] {
  return config?.syncs.filter(({ fromMesh }) => fromMesh) ?? [];
}

/** The syncs that a mesh stands for, with the owners that were derived for them. */
function expanded(config: Config | null): readonly string[] {
  const syncs = inMesh(config);
  if (syncs.length === 0) return [];
  const width = Math.max(...syncs.map(({ name }) => name.length));
  const lines = syncs.map(({ name, owner }) => `  ${harmless(name.padEnd(width))}  owner ${owner}\n`);
  return [`\nThe mesh stands for ${counted(syncs.length, "sync")}:\n`, ...lines];
}

function verdict(errors: number, diagnostics: readonly Diagnostic[]): string {
  const warnings = diagnostics.length - errors;
  const doubts = warnings === 0 ? "" : warnings === 1 ? ", with 1 warning" : `, with ${warnings} warnings`;
  if (errors === 0) return `The configuration is valid${doubts}.`;
  return `The configuration is not valid: ${errors === 1 ? "1 error" : `${errors} errors`}${doubts}.`;
}
