import type { Config, SourceConfig, Tenant } from "../model/config.ts";
import type { Environment } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { checkSchema } from "./check-schema.ts";
import { readConfigText } from "./read-files.ts";
import { resolveSource } from "./resolve-source.ts";
import { resolveSync } from "./resolve-sync.ts";
import { resolveTenant } from "./resolve-tenant.ts";
import { rules } from "./rules.ts";
import { substitute } from "./substitute.ts";
import type { WrittenConfig } from "./written-config.gen.ts";
import { digestOf, readWritten } from "./written.ts";
import type { Written } from "./written.ts";

interface World {
  readonly cwd: string;
  readonly env: Environment;
}

interface Options {
  /** `optional`: what cannot be looked up in the environment or in a file is a warning, and "" (offline checks). */
  readonly secrets: "needed" | "optional";
}

/**
 * Reads, merges and checks a config; everything that is wrong is told at once, ordered by place.
 * The expressions in it are not looked into.
 *
 * @param path - a file or a folder; null for `./galops.yaml` or `./galops/`
 * @returns config null exactly when a diagnostic is an error; draft is what was understood all the same, for checks
 * that go on to find everything at once, and null where not even the shape is right
 */
export async function loadConfig(
  path: string | null,
  world: World,
  options: Options,
): Promise<{ config: Config | null; draft: Config | null; diagnostics: readonly Diagnostic[] }> {
  const { folder, files, diagnostics: unread } = await readConfigText(path, world.cwd);
  const { written, problems } = readWritten(files);
  const found = [...unread, ...problems, ...(written?.problems ?? [])];
  if (written === null || hasError(found)) return { config: null, draft: null, diagnostics: inOrder(found) };
  const misshapen = checkSchema(written);
  if (misshapen.length > 0) {
    return { config: null, draft: null, diagnostics: inOrder([...found, ...misshapen]) };
  }
  const { config, diagnostics } = resolve(written, folder, world, options);
  const all = inOrder([...found, ...diagnostics]);
  return { config: hasError(all) ? null : config, draft: config, diagnostics: all };
}

function resolve(
  written: Written,
  folder: string,
  { env }: World,
  { secrets }: Options,
): { config: Config; diagnostics: readonly Diagnostic[] } {
  const { value, problems } = substitute(written, { env, folder, secrets });
  const diagnostics = [...problems];
  // The schema was checked before; substitution puts text for text.
  const config = value as WrittenConfig;
  const tenants = new Map<string, Tenant>();
  for (const [name, tenant] of Object.entries(config.tenants ?? {})) {
    const resolved = resolveTenant(name, tenant, {
      folder,
      env,
      place: written.place(["tenants", name]),
      complete: secrets === "needed",
      report: (path, report) => written.report(["tenants", name, ...path], report),
    });
    diagnostics.push(...resolved.problems);
    if (resolved.tenant !== null) tenants.set(name, resolved.tenant);
  }
  const sources = new Map<string, SourceConfig>();
  for (const [name, source] of Object.entries(config.sources ?? {})) {
    const resolved = resolveSource(name, source, written, folder);
    diagnostics.push(...resolved.problems);
    if (resolved.source !== null) sources.set(name, resolved.source);
  }
  const syncs = Object.entries(config.syncs ?? {}).map(([name, sync]) => resolveSync(name, sync, written));
  const whole: Config = { folder, digest: digestOf(written.value), tenants, sources, syncs };
  // A tenant or source that could not be resolved has been told of; that nothing refers to it now would only confuse.
  if (!hasError(diagnostics)) for (const rule of rules) diagnostics.push(...rule(whole, written));
  return { config: whole, diagnostics };
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** Ordered by place, as somebody goes through the files. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(({ place: one }, { place: other }) => {
    const file = one?.file ?? "";
    const otherFile = other?.file ?? "";
    if (file !== otherFile) return file < otherFile ? -1 : 1;
    return (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);
  });
}
