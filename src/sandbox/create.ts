import { lstatSync } from "node:fs";
import { makeTenant } from "./make-tenant.ts";
import type { NewTenant } from "./make-tenant.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";
import { tenantText, writeTenantFile } from "./tenant-file.ts";
import type { TenantState } from "./tenant.ts";

/**
 * Makes the file of a new tenant and gives what is in it. Equal options give equal files.
 *
 * @throws {SandboxFileError} when there is something at the path already, or it cannot be written
 */
export function createSandboxFile(
  path: string,
  {
    seed,
    users = 25,
    organization = "contoso.onmicrosoft.com",
    domain = "contoso.com",
  }: Partial<NewTenant> & Pick<NewTenant, "seed">,
): TenantState {
  // What is left of a tenant that was removed would be written over the new one.
  for (const taken of [path, `${path}.log`]) {
    if (lstatSync(taken, { throwIfNoEntry: false }) === undefined) continue;
    const detail = `${taken} exists already and is left as it is. Remove it first, or name another file.`;
    throw new SandboxFileError({ code: "sandbox-exists", path, detail });
  }
  const state = makeTenant({ seed, users, organization, domain });
  writeTenantFile(path, tenantText(state, 1, 0));
  return state;
}
