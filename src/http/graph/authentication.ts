import { failureWithout, signInRefused } from "./graph-errors.ts";
import type { Send, WireRequest } from "./send.ts";
import { AuthError } from "../token.ts";
import type { TokenProvider } from "../token.ts";

/**
 * Adds the access token for each attempt, since a wait may outlast a token. A token that the service refuses is renewed
 * once. Requests to another origin than that of `baseUrl` are refused, since a nextLink may point anywhere and must not
 * receive the token.
 *
 * @returns a Send that also rejects with GraphError for a foreign URL and for a failed sign-in
 */
export function authenticated(send: Send, tokens: TokenProvider, baseUrl: string): Send {
  const { origin } = new URL(baseUrl);

  async function tokenFor(request: WireRequest, renew: boolean): Promise<string> {
    try {
      return await tokens.token({ renew }, request.signal);
    } catch (error) {
      throw error instanceof AuthError ? signInRefused(error, request) : error;
    }
  }

  return async (request) => {
    const target = new URL(request.url);
    if (target.origin !== origin) {
      const message = `The answer contains a link to ${target.origin} instead of ${origin}. galops does not follow it.`;
      throw failureWithout({ code: "foreign-link", message, sent: false }, request);
    }
    const token = await tokenFor(request, false);
    const answer = await send(withToken(request, token));
    if (answer.status !== 401) return answer;
    // Another request may have renewed the token meanwhile.
    const latest = await tokenFor(request, false);
    const renewed = latest === token ? await tokenFor(request, true) : latest;
    return await send(withToken(request, renewed));
  };
}

function withToken(request: WireRequest, token: string): WireRequest {
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
}
