import type { MicrosoftTenant } from "../model/config.ts";
import type { Fetch } from "../model/context.ts";

/**
 * Asks the sign-in service once more by our own fetch, since the identity library says only that it failed.
 *
 * @returns the failure of the connection, or an Error with the service's own words; null when all seems well or nothing
 * is to be learned
 * @throws the signal's reason when aborted
 */
export async function whyUnreachable(
  { tenantId, endpoints }: Pick<MicrosoftTenant, "tenantId" | "endpoints">,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<unknown> {
  const url = `${endpoints.authority}/${tenantId}/v2.0/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { method: "GET", headers: { Accept: "application/json" }, signal });
    const text = await response.text();
    return text.includes("AADSTS") ? new Error(text.slice(0, 2000)) : null;
  } catch (error) {
    signal.throwIfAborted();
    return error;
  }
}
