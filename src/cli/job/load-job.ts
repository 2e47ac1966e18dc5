import { loadConfig, sortDiagnostics } from "../../config/load.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { checkLoose, checkSources } from "../../desired/check-expression.ts";
import { compileSync } from "../../desired/compile-sync.ts";
import type { CompiledSync } from "../../desired/compile-sync.ts";
import type { Allowance } from "../../model/allowance.ts";
import type { Config, SyncConfig } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { parseAllowances } from "../../plan/allowances.ts";
import { CommandError, commandError } from "../interface/command-error.ts";
import type { RunOptions } from "../interface/options.ts";
import { changedOwners } from "./changed-owners.ts";

/** What a run is about: the config, the chosen syncs with their expressions checked, and what was allowed. */
export interface Job {
  readonly config: Config;
  readonly syncs: readonly CompiledSync[];
  readonly allowances: readonly Allowance[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The config for a run, its secrets resolved.
 *
 * @throws {CommandError} with everything that is wrong with it
 */
export async function loadForRun(
  path: string | undefined,
  context: Pick<Context, "cwd" | "env">,
): Promise<{ readonly config: Config; readonly diagnostics: readonly Diagnostic[] }> {
  const loaded = await loadConfig(path ?? null, context, { secrets: "needed" });
  if (loaded.config === null) throw new CommandError(await everythingWrong(loaded));
  return { config: loaded.config, diagnostics: loaded.diagnostics };
}

/** What is wrong with a config and with the expressions in it, as far as it was understood; ordered by place. */
export async function everythingWrong(
  loaded: Pick<Awaited<ReturnType<typeof loadConfig>>, "draft" | "loose" | "diagnostics">,
): Promise<readonly Diagnostic[]> {
  const { draft, loose, diagnostics } = loaded;
  const ofDraft = draft === null ? [] : (await compileSyncs(draft, draft.syncs)).diagnostics;
  const ofSources = draft === null ? [] : await checkSources(draft.sources.values());
  return sortDiagnostics([...diagnostics, ...ofDraft, ...ofSources, ...(await checkLoose(loose))]);
}

/** @throws {CommandError} with everything that is wrong with config, expressions and options */
export async function loadJob(options: RunOptions, context: Pick<Context, "cwd" | "env">): Promise<Job> {
  const { config, diagnostics } = await loadForRun(options.config, context);
  const chosen = chooseSyncs(config, options.sync);
  const { allowances, diagnostics: unclear } = parseAllowances(
    options.allow,
    chosen.map(({ name }) => name),
  );
  const { compiled, diagnostics: wrong } = await compileSyncs(config, chosen);
  const errors = [...wrong, ...unclear].filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new CommandError([...diagnostics, ...errors]);
  const owners = await changedOwners(config, chosen);
  const all = [...diagnostics, ...wrong, ...unclear, ...owners];
  return { config, syncs: compiled, allowances, diagnostics: all };
}

/** Checks the expressions of syncs. What is wrong with a source that several syncs share is said once. */
export async function compileSyncs(
  config: Config,
  syncs: readonly SyncConfig[],
): Promise<{ readonly compiled: readonly CompiledSync[]; readonly diagnostics: readonly Diagnostic[] }> {
  const results = await Promise.all(syncs.map((sync) => compileSync(sync, config.sources)));
  return {
    compiled: results.flatMap(({ compiled }) => compiled ?? []),
    diagnostics: distinct(results.flatMap(({ diagnostics }) => diagnostics)),
  };
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}

/** In config order, whatever the order of the options. */
function chooseSyncs(config: Config, names: readonly string[]): readonly SyncConfig[] {
  if (names.length === 0) return config.syncs;
  const known = config.syncs.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandError(unknown.flatMap((name) => unknownSync(name, known).diagnostics));
  }
  return config.syncs.filter(({ name }) => names.includes(name));
}

function unknownSync(name: string, known: readonly string[]): CommandError {
  const nearest = nearestName(name, known);
  const hint = nearest === null ? `The syncs are: ${known.join(", ")}.` : `Did you mean ${nearest}?`;
  return commandError("unknown-sync", "No such sync", `The config has no sync ${name} (--sync). ${hint}`);
}
