import { lstatSync } from "node:fs";
import { companies } from "./cast/companies/companies.ts";
import type { CompanyName } from "./cast/companies/companies.ts";
import { makeTenant } from "./cast/make-tenant.ts";
import type { NewTenant } from "./cast/make-tenant.ts";
import { SandboxFileError } from "./store/sandbox-file-error.ts";
import { tenantText, writeTenantFile } from "./store/tenant-file.ts";
import type { TenantState } from "./tenant/tenant.ts";

/** Options for a new tenant; omitted ones take the company's values. The default company is Contoso. */
export interface WantedTenant extends Partial<Omit<NewTenant, "company">> {
  readonly seed: number;
  readonly company?: CompanyName;
}

/**
 * Creates the file of a new tenant and returns its contents. Equal options create equal files.
 *
 * @throws {SandboxFileError} when the path already exists or cannot be written
 */
export function createSandboxFile(path: string, wanted: WantedTenant): TenantState {
  const company = companies[wanted.company ?? "contoso"];
  const { organization, domain } = company;
  // A log that is left from a removed tenant would be applied to the new one.
  for (const taken of [path, `${path}.log`]) {
    if (lstatSync(taken, { throwIfNoEntry: false }) === undefined) continue;
    const detail = `${taken} already exists, so galops does not overwrite it. Remove it first, or choose another file.`;
    throw new SandboxFileError({ code: "sandbox-exists", path, detail });
  }
  const state = makeTenant({ users: 25, organization, domain, ...wanted, company });
  writeTenantFile(path, tenantText(state, 1, 0));
  return state;
}
