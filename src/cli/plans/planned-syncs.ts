import type { Config, SyncConfig } from "../../model/config.ts";

/** The syncs of these names. The config must be that of the plan which names them. */
export function syncsNamed(config: Config, names: readonly string[]): readonly SyncConfig[] {
  return names.map((name) => {
    const sync = config.syncs.find((one) => one.name === name);
    if (sync === undefined)
      throw new Error(`The plan names the sync ${name}, which its config does not have.`);
    return sync;
  });
}
