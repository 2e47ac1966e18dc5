import { cmdletNames } from "../tenant/cmdlet-names.ts";
import type { ExchangeSettings } from "../tenant/exchange-settings.ts";
import type { TenantState } from "../tenant/tenant.ts";
import type { ExchangeRequest } from "../wire/wire.ts";
import { otherOrganization, wordless } from "./exchange-problem.ts";

/** Checks token, roles and organization. @param asked - the organization in the path. @throws {ExchangeProblem} */
export function checkCaller(
  { headers }: ExchangeRequest,
  state: TenantState,
  asked: string,
  { access }: ExchangeSettings,
): void {
  if (!/^Bearer \S/.test(headers["authorization"] ?? "") || access === "no-app-role") {
    const challenge = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", error="invalid_token"';
    throw wordless(401, { "WWW-Authenticate": challenge });
  }
  if (access === "no-rbac") throw wordless(403);
  if (!isCalled(state, asked)) throw otherOrganization(asked);
}

/** A caller that was routed to another organization's server may read there but not write. @throws {ExchangeProblem} */
export function checkAnchor(state: TenantState, anchor: string): void {
  const [, organization] = /@([^@]+)$/.exec(anchor) ?? [];
  if (organization !== undefined && !isCalled(state, organization)) throw otherOrganization(organization);
}

function isCalled({ tenantId, organization }: TenantState, name: string): boolean {
  return [tenantId, organization].some((own) => own.toLowerCase() === name.toLowerCase());
}

export function isAllowed(cmdlet: string, { cmdlets: allowed }: ExchangeSettings): boolean {
  return allowed === null || allowed.some((name) => name.toLowerCase() === cmdlet.toLowerCase());
}

/** The names of the cmdlets that the application may run. */
export function allowedCmdlets(settings: ExchangeSettings): readonly string[] {
  return cmdletNames.filter((name) => isAllowed(name, settings));
}
