import type { TenantState } from "../tenant.ts";
import type { ExchangeRequest } from "../wire.ts";
import { cmdletNames } from "./cmdlet-names.ts";
import { wordless } from "./exchange-problem.ts";
import type { ExchangeSettings } from "./settings.ts";

/** Checks token, organization and roles. @throws {ExchangeProblem} */
export function checkCaller(
  { headers }: ExchangeRequest,
  { tenantId, organization }: TenantState,
  asked: string,
  { access }: ExchangeSettings,
): void {
  const isOrganization = [tenantId, organization].some((name) => name.toLowerCase() === asked.toLowerCase());
  const hasToken = /^Bearer \S/.test(headers["authorization"] ?? "");
  if (!hasToken || !isOrganization || access === "no-app-role") throw unauthorized();
  if (access === "no-rbac") throw wordless(403);
}

function unauthorized(): Error {
  const challenge = 'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", error="invalid_token"';
  return wordless(401, { "WWW-Authenticate": challenge });
}

export function isAllowed(cmdlet: string, { cmdlets: allowed }: ExchangeSettings): boolean {
  return allowed === null || allowed.some((name) => name.toLowerCase() === cmdlet.toLowerCase());
}

/** Names of the cmdlets that the application may use. */
export function allowedCmdlets(settings: ExchangeSettings): readonly string[] {
  return cmdletNames.filter((name) => isAllowed(name, settings));
}
