import type { Fetch } from "../../model/context.ts";
import { AuthError } from "../token.ts";
import type { TokenProvider } from "../token.ts";
import { sendCall } from "./call.ts";
import type { Call, Reply } from "./call.ts";
import { ExchangeError } from "./exchange.ts";
import { mayHaveToken } from "./hosts.ts";

/** The global endpoint may redirect to a region, and that to another one. */
const maxRedirects = 3;

/**
 * Creates a function that sends calls with the access token, taken anew for each attempt, since a wait may outlast a
 * token. A refused token is renewed once. Redirects are followed with the method unchanged (POST stays POST), and only
 * to hosts that may receive the token.
 *
 * @param endpoint - without a trailing slash
 * @returns a function that resolves with every answer, including refusals; it rejects with NoAnswer, with the signal's
 * reason, or with ExchangeError for a failed sign-in or a link that must not be followed
 */
export function createCarrier(
  fetch: Fetch,
  tokens: TokenProvider,
  endpoint: string,
): (call: Call) => Promise<Reply> {
  async function tokenFor(call: Call, renew: boolean): Promise<string> {
    try {
      return await tokens.token({ renew }, call.signal);
    } catch (error) {
      throw error instanceof AuthError ? signInFailed(error, call) : error;
    }
  }

  async function carried(call: Call, token: string): Promise<Reply> {
    const headers = { ...call.headers, Authorization: `Bearer ${token}` };
    let { url } = call;
    for (let redirects = 0; ; redirects++) {
      if (!mayHaveToken(url, endpoint)) throw foreignLink(call, url, endpoint);
      const reply = await sendCall(fetch, { ...call, url, headers });
      const next = redirectOf(reply, url);
      if (next === null || redirects === maxRedirects) return reply;
      url = next;
    }
  }

  return async (call) => {
    const token = await tokenFor(call, false);
    const reply = await carried(call, token);
    if (reply.status !== 401) return reply;
    // Another request may have renewed the token meanwhile.
    const latest = await tokenFor(call, false);
    return await carried(call, latest === token ? await tokenFor(call, true) : latest);
  };
}

function redirectOf({ status, headers }: Reply, url: string): string | null {
  if (status < 300 || status >= 400) return null;
  const location = headers.get("location") ?? "";
  return location === "" ? null : (URL.parse(location, url)?.href ?? null);
}

function signInFailed(error: AuthError, { cmdlet }: Call): ExchangeError {
  const { message, reached } = error;
  const status = reached ? 401 : 0;
  return new ExchangeError({ kind: "sign-in", message, cmdlet, status, outcome: "refused", cause: error });
}

function foreignLink({ cmdlet }: Call, url: string, endpoint: string): ExchangeError {
  const target = URL.parse(url)?.origin ?? "an unusable address";
  const message = `An answer links to ${target}, which does not belong to ${new URL(endpoint).host}. galops does not follow it.`;
  return new ExchangeError({ kind: "foreign-link", message, cmdlet, outcome: "refused" });
}
