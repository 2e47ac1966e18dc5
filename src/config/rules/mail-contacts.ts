import { createRequire } from "node:module";
import type { Config, SyncConfig } from "../../model/config.ts";
import { isMailContactsSync } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { tenantIdentity } from "../../model/tenant-identity.ts";
import type { Path } from "../config-file.ts";
import type { Written } from "../written.ts";

/** No two syncs claim one domain of one tenant. */
export function ownedDomainsDiffer({ tenants, syncs }: Config, written: Written): readonly Diagnostic[] {
  const claims = new Map<string, SyncConfig>();
  return syncs.filter(isMailContactsSync).flatMap((sync) =>
    sync.to.ownedDomains.flatMap((domain) => {
      const id = JSON.stringify([tenantIdentity(tenants, sync.to.tenant), domain]);
      const other = claims.get(id);
      if (other === undefined) {
        claims.set(id, sync);
        return [];
      }
      return [
        written.report(placeOf(sync, syncs), {
          code: "domain-claimed-twice",
          summary: "Two syncs own the same domain",
          detail: `The sync ${other.name} also owns ${domain} in the tenant ${sync.to.tenant}, so each would treat the other's contacts as unmanaged. Let one sync own the domain; it can have several sources.`,
        }),
      ];
    }),
  );
}

/** A pair of the mesh may have the name of a sync, which is a mistake of its own; what is said of it is not said of that. */
function placeOf({ name, fromMesh }: SyncConfig, syncs: readonly SyncConfig[]): Path {
  const isNamedAsSync = fromMesh && syncs.some((other) => !other.fromMesh && other.name === name);
  return isNamedAsSync ? ["mesh", "members"] : ["syncs", name, "to", "ownedDomains"];
}

/** An organization seldom owns the domain of a public mail service. */
export function publicDomainsAreMeant({ syncs }: Config, written: Written): readonly Diagnostic[] {
  const chosen = syncs.filter(isMailContactsSync);
  if (chosen.length === 0) return [];
  const isPublic = publicMailDomains();
  return chosen.flatMap(({ name, to }) => {
    const meant = new Set(to.publicDomains);
    return to.ownedDomains
      .filter((domain) => isPublic.has(domain) && !meant.has(domain))
      .map((domain) =>
        written.report(["syncs", name, "to", "ownedDomains"], {
          code: "public-domain",
          summary: "A public mail domain is owned",
          detail: `${domain} belongs to a public mail service, so the sync could adopt mail contacts that are not its own. Remove it. If you do own it, name it under publicDomains too.`,
        }),
      );
  });
}

/** Read only where mail contacts are asked for: nobody else should wait for it. */
function publicMailDomains(): ReadonlySet<string> {
  const domains: unknown = createRequire(import.meta.url)("email-providers/all.json");
  if (!Array.isArray(domains)) throw new Error("The list of public mail domains is not an array.");
  return new Set(domains.map(String));
}

/** Exchange is reached by the initial domain of a tenant. */
export function organizationIsKnown(
  { tenants, sources, syncs }: Config,
  written: Written,
): readonly Diagnostic[] {
  const why = new Map<string, string>();
  for (const source of sources.values()) {
    if (source.kind === "csv" || source.hiddenFrom === "graph") continue;
    why.set(source.tenant, `The source ${source.name} asks Exchange Online who is hidden`);
  }
  for (const { to } of syncs.filter(isMailContactsSync))
    why.set(to.tenant, `Mail contacts are kept in ${to.tenant}`);
  return [...tenants.values()].flatMap((tenant) => {
    const reason = why.get(tenant.name);
    if (tenant.kind !== "microsoft" || tenant.organization !== "" || reason === undefined) return [];
    return [
      written.report(
        ["tenants", tenant.name],
        {
          code: "organization-missing",
          summary: "A tenant's initial domain is missing",
          detail: `${reason}, and Exchange Online finds a tenant by its initial domain. Add organization: with the domain that ends in .onmicrosoft.com.`,
        },
        "key",
      ),
    ];
  });
}
