import type { Config, SyncConfig } from "../../model/config.ts";
import { counted } from "../../render/prose.ts";
import { CommandError, commandError } from "../interface/command-error.ts";
import type { Spool } from "./spool.ts";

const clockSkewMs = 5 * 60_000;

/**
 * Refuses a saved plan that must not be made: of another config, too old, or of the future.
 *
 * @param shown - the plan and the config as the user named them; null for the config that is found
 * @throws {CommandError}
 */
export function checkSavedPlan(
  { header }: Spool,
  config: Config,
  age: { readonly now: number; readonly maxAgeMs: number },
  shown: { readonly file: string; readonly config: string | null },
): void {
  const { file } = shown;
  const problems: CommandError[] = [];
  if (header.configDigest !== config.digest) {
    problems.push(
      commandError(
        "plan-of-another-config",
        "The saved plan was made from another config",
        `${file} was made from a config with the digest ${header.configDigest}, and ${shown.config ?? "the config here"} has ${config.digest}: the config has changed since, or is a different one. Plan again and review the new plan.`,
      ),
    );
  }
  const ageMs = age.now - Date.parse(header.createdAt);
  // Clocks of two machines differ a little; a plan of tomorrow would be young for longer than it may.
  if (ageMs < -clockSkewMs) {
    problems.push(
      commandError(
        "plan-of-the-future",
        "The saved plan is dated in the future",
        `${file} says that it was made at ${header.createdAt}, but the time here is ${new Date(age.now).toISOString()}. One of the two clocks is wrong, so the age of the plan is unknown. Set the clock, then plan again.`,
      ),
    );
  }
  // Not written as `>`: a time that cannot be read is no reason to go on.
  if (!(ageMs <= age.maxAgeMs)) {
    problems.push(
      commandError(
        "plan-too-old",
        "The saved plan is too old",
        `${file} was made at ${header.createdAt}, and the limit is ${ageText(age.maxAgeMs)}. People may have joined or left since. Plan again, or set a longer --max-age.`,
      ),
    );
  }
  if (problems.length > 0) throw new CommandError(problems.flatMap(({ diagnostics }) => diagnostics));
}

/** As --max-age takes it, in words. */
function ageText(ms: number): string {
  const [unit, unitMs] = (
    [
      ["day", 86_400_000],
      ["hour", 3_600_000],
      ["minute", 60_000],
    ] as const
  ).find((one) => ms % one[1] === 0) ?? ["second", 1000];
  return counted(ms / unitMs, unit);
}

/**
 * Refuses a saved plan of other tenants: a config may name them by its environment, and its digest does not tell.
 *
 * @param syncs - of the plan, those that are about to be made
 * @param tenantIdOf - the tenant that a sync writes to now
 * @throws {CommandError}
 */
export function checkTenants(
  { tenantIds }: Pick<Spool, "tenantIds">,
  syncs: readonly SyncConfig[],
  tenantIdOf: (sync: SyncConfig) => string,
): void {
  const others = syncs.filter((sync) => tenantIds.get(sync.name) !== tenantIdOf(sync));
  if (others.length === 0) return;
  const told = others.map((sync) => {
    const { name, to } = sync;
    return `${name} was planned for the tenant ${tenantIds.get(name) ?? "with an unknown id"}, but ${to.tenant} is now ${tenantIdOf(sync)}`;
  });
  throw commandError(
    "plan-of-another-tenant",
    "The saved plan was made for another tenant",
    `${told.join("; ")}. Apply it to the tenant that it was made for, or plan again.`,
  );
}
