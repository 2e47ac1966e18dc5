import type { Tenant } from "./config.ts";

/**
 * Identifies the tenant behind a name, since a config may list one tenant under several names. Falls back to the name
 * while the config does not say yet which tenant it is.
 */
export function tenantIdentity(tenants: ReadonlyMap<string, Tenant>, name: string): string {
  const tenant = tenants.get(name);
  const id = tenant?.kind === "sandbox" ? tenant.path : (tenant?.tenantId ?? "");
  return id === "" ? `name ${name}` : `id ${id}`;
}
