import type { Tenant } from "./config.ts";

/**
 * Tells the tenant of a name from all others: one tenant may be in a config under several names. Where the config does
 * not say yet which it is, the name does.
 */
export function tenantIdentity(tenants: ReadonlyMap<string, Tenant>, name: string): string {
  const tenant = tenants.get(name);
  const id = tenant?.kind === "sandbox" ? tenant.path : (tenant?.tenantId ?? "");
  return id === "" ? `name ${name}` : `id ${id}`;
}
