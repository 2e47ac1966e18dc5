import path from "node:path";
import { loadConfig } from "../../config/load.ts";
import type { CompiledSync } from "../../desired/compile-sync.ts";
import type { Config, SyncConfig, Tenant } from "../../model/config.ts";
import type { Context } from "../../model/context.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { compileSyncs } from "./load-job.ts";
import type { Job } from "./load-job.ts";
import { tenantsOf } from "../wiring/wire.ts";

/** The config of the base branch, as far as it speaks of the tenants that a job is about. */
export interface Base {
  /** With the tenants of the job, so that base is read with what this config signs in with. */
  readonly config: Config;
  /** Null where the base config could not be used; then there are no syncs either. */
  readonly digest: string | null;
  readonly syncs: readonly CompiledSync[];
  /** Warnings only: whatever is wrong with the base, this config is planned all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Loads the config that a plan is compared with. Nobody signs in with it, so it may lack secrets.
 *
 * @param narrowed - whether the job is about some of its config's syncs only; then those of the same owners are taken
 */
export async function loadBase(
  file: string,
  job: Job,
  context: Pick<Context, "cwd" | "env">,
  narrowed: boolean,
): Promise<Base> {
  const { config, diagnostics } = await loadConfig(file, context, { secrets: "optional" });
  const owners = new Set(job.syncs.map(({ sync }) => sync.owner));
  const chosen = config?.syncs.filter(({ owner }) => !narrowed || owners.has(owner)) ?? [];
  const { compiled, diagnostics: wrong } = config === null ? nothing : await compileSyncs(config, chosen);
  const errors = [...diagnostics, ...wrong].filter(({ severity }) => severity === "error");
  if (config === null || errors.length > 0) {
    return { config: job.config, digest: null, syncs: [], diagnostics: [unusable(file, errors)] };
  }
  const foreign = new Map(chosen.map((sync) => [sync.name, foreignTenant(sync, config, job.config)]));
  return {
    config: { ...config, tenants: job.config.tenants },
    digest: config.digest,
    syncs: compiled.filter(({ sync }) => foreign.get(sync.name) === null),
    diagnostics: [...foreign].flatMap(([name, tenant]) =>
      tenant === null ? [] : [otherTenant(name, tenant, job.config)],
    ),
  };
}

const nothing = { compiled: [], diagnostics: [] };

/** A tenant that a base sync reads or keeps and that is not the same in the other config; null where all are. */
function foreignTenant(sync: SyncConfig, base: Config, config: Config): string | null {
  const names = tenantsOf(base, [sync]);
  return names.find((name) => identityOf(base, name) !== identityOf(config, name)) ?? null;
}

/** Which tenant a name stands for. A sandbox is known by its path in the config's folder: a branch has a folder of its own. */
function identityOf({ tenants, folder }: Config, name: string): string | null {
  const tenant: Tenant | undefined = tenants.get(name);
  if (tenant === undefined) return null;
  return tenant.kind === "sandbox" ? `sandbox ${path.relative(folder, tenant.path)}` : tenant.tenantId;
}

function otherTenant(name: string, tenant: string, config: Config): Diagnostic {
  const what = config.tenants.has(tenant)
    ? "which is another tenant in this config"
    : "which this config does not have";
  return {
    severity: "warning",
    code: "base-other-tenant",
    summary: "The base config uses another tenant",
    detail:
      `The sync ${name} of the base config uses the tenant ${tenant}, ${what}. Changes that the base config would make there ` +
      `are not computed, and the changes of the sync count as caused by this change.`,
    place: null,
  };
}

function unusable(file: string, errors: readonly Diagnostic[]): Diagnostic {
  const [first] = errors;
  if (first?.code === "config-not-found") {
    return {
      severity: "warning",
      code: "base-not-found",
      summary: "There is no base config",
      detail:
        `There is no config at ${file} to compare with, so all changes count as caused by this change. That is right if ` +
        `the base branch has none yet. Otherwise give another path.`,
      place: null,
    };
  }
  const more =
    errors.length > 1 ? ` There are ${errors.length - 1} more; galops validate ${file} shows them.` : "";
  return {
    severity: "warning",
    code: "base-not-usable",
    summary: "The base config cannot be used",
    detail:
      `The config cannot be compared with ${file}, so all changes count as caused by this change. ` +
      `The problem: ${first?.detail ?? "unknown."}${more}`,
    // What a config says is not hidden from those who can read it; without a place it would be taken for what people say.
    place: first?.place ?? null,
  };
}
