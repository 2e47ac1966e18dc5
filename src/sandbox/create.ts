import { lstatSync } from "node:fs";
import { companies } from "./cast/companies/companies.ts";
import type { CompanyName } from "./cast/companies/companies.ts";
import { makeTenant } from "./cast/make-tenant.ts";
import type { NewTenant } from "./cast/make-tenant.ts";
import { SandboxFileError } from "./store/sandbox-file-error.ts";
import { tenantText, writeTenantFile } from "./store/tenant-file.ts";
import type { TenantState } from "./tenant/tenant.ts";

/** What is left out is as it is at the company, which is Contoso. */
export interface WantedTenant extends Partial<Omit<NewTenant, "company">> {
  readonly seed: number;
  readonly company?: CompanyName;
}

/**
 * Makes the file of a new tenant and gives what is in it. Equal options give equal files.
 *
 * @throws {SandboxFileError} when there is something at the path already, or it cannot be written
 */
export function createSandboxFile(path: string, wanted: WantedTenant): TenantState {
  const company = companies[wanted.company ?? "contoso"];
  const { organization, domain } = company;
  // What is left of a tenant that was removed would be written over the new one.
  for (const taken of [path, `${path}.log`]) {
    if (lstatSync(taken, { throwIfNoEntry: false }) === undefined) continue;
    const detail = `${taken} exists already and is left as it is. Remove it first, or name another file.`;
    throw new SandboxFileError({ code: "sandbox-exists", path, detail });
  }
  const state = makeTenant({ users: 25, organization, domain, ...wanted, company });
  writeTenantFile(path, tenantText(state, 1, 0));
  return state;
}
