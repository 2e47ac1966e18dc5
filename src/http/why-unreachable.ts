import type { MicrosoftTenant } from "../model/config.ts";
import type { Fetch } from "../model/context.ts";
import { authFailure, noSignInService, notReached } from "./auth-failure.ts";
import type { AuthError } from "./token.ts";

/**
 * Probes the sign-in service with galops' own fetch, since the identity library reports only that it failed.
 *
 * @returns why signing in is not possible; null when the service answers normally
 * @throws the signal's reason when aborted
 */
export async function whyUnreachable(
  { tenantId, auth, endpoints }: Pick<MicrosoftTenant, "tenantId" | "auth" | "endpoints">,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<AuthError | null> {
  const { authority } = endpoints;
  const url = `${authority}/${tenantId}/v2.0/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { method: "GET", headers: { Accept: "application/json" }, signal });
    const text = await response.text();
    if (text.includes("AADSTS")) return authFailure(new Error(text.slice(0, 2000)), auth, authority);
    return isJson(text) ? null : noSignInService(authority, response.status);
  } catch (error) {
    signal.throwIfAborted();
    return notReached(error, authority);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
