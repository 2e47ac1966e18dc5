import { realpathSync } from "node:fs";
import { lstat, open, stat } from "node:fs/promises";
import path from "node:path";
import type { Config } from "../../model/config.ts";
import type { Keys } from "../../seal/keys.ts";
import { commandError } from "../interface/command-error.ts";
import { readPlanFile } from "./plan-file.ts";

/** Where a plan shall be saved. */
export interface PlanPlace {
  /** Absolute. */
  readonly file: string;
  /** As the user typed it. */
  readonly shown: string;
}

/** How a saved plan begins, and how what age has encrypted does. */
const beginnings = { plan: '{"type":"plan",', sealed: "age-encryption.org/" } as const;

/**
 * Refuses, before anything is read, what could not be written later or would cost somebody a file: a folder that does
 * not exist, a folder in the file's place, and a file that is there and is no saved plan.
 *
 * @param keys - by which it is known whether what is encrypted there is a plan
 * @throws {CommandError}
 */
export async function checkPlanPlace({ file, shown }: PlanPlace, keys: Keys): Promise<void> {
  const folder = await stat(path.dirname(file)).catch(() => null);
  if (folder?.isDirectory() !== true) {
    const detail = `The plan cannot be saved in ${shown}: ${path.dirname(shown)} does not exist or is not a folder. Create it first, or choose another file.`;
    throw commandError("plan-folder-missing", "The folder does not exist", detail);
  }
  const found = await stat(file).catch(async () => await lstat(file).catch(() => null));
  if (found === null) return;
  if (found.isDirectory()) {
    const detail = `The plan cannot be saved in ${shown}, because it is a folder. Name a file in it.`;
    throw commandError("file-eisdir", "A folder is where a file is expected", detail);
  }
  if (!found.isFile() || found.size === 0 || (await isSavedPlan(file, keys))) return;
  throw commandError(
    "plan-over-file",
    "The file already exists",
    `${shown} is not a saved plan, so galops does not overwrite it. Choose another file, or remove that one first if it is not needed.`,
  );
}

/**
 * Refuses a place that is one of the config's own: a file of people, a sandbox tenant, or what would be read as config.
 *
 * @throws {CommandError}
 */
export function refuseConfigPlace({ file, shown }: PlanPlace, config: Config): void {
  const place = real(file);
  const inFolder = path.dirname(place) === real(config.folder);
  const isConfig = inFolder && /\.ya?ml$/i.test(place);
  if (!isConfig && !filesOf(config).some((own) => real(own) === place)) return;
  throw commandError(
    "plan-over-config",
    "A plan cannot be saved as a config file",
    `${shown} is part of the config, or would be read as part of it. Choose another file, for example week.plan.`,
  );
}

function filesOf({ sources, tenants }: Config): readonly string[] {
  return [
    ...[...sources.values()].flatMap((source) => (source.kind === "csv" ? [source.path] : [])),
    ...[...tenants.values()].flatMap((tenant) =>
      tenant.kind === "sandbox" ? [tenant.path, `${tenant.path}.log`] : [],
    ),
  ];
}

/** The path without links, as far as it exists. */
function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(real(folder), path.basename(file));
  }
}

async function isSavedPlan(file: string, keys: Keys): Promise<boolean> {
  const beginning = await beginningOf(file);
  if (beginning.startsWith(beginnings.plan)) return true;
  if (!beginning.startsWith(beginnings.sealed)) return false;
  // Without the key nobody can tell what it is; then its name must do.
  if (keys.identity === "" && keys.passphrase === "") return file.endsWith(".plan");
  try {
    for await (const _ of readPlanFile(file, keys)) return true;
    return false;
  } catch {
    return file.endsWith(".plan");
  }
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return "";
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
