import type { Fetch } from "../../model/context.ts";
import { AuthError } from "../token.ts";
import type { TokenProvider } from "../token.ts";
import { sendCall } from "./call.ts";
import type { Call, Reply } from "./call.ts";
import { ExchangeError } from "./exchange.ts";
import { mayHaveToken } from "./hosts.ts";

/** The front door sends to a region, and that perhaps to another one. */
const maxRedirects = 3;

/**
 * Sends calls with the token, for each attempt anew, since a wait may outlast it. A token that is not accepted is
 * renewed once. Redirects are followed by hand, as they came (POST stays POST), and only where the token may go.
 *
 * @param endpoint - without a trailing slash
 * @returns what gives every answer but redirects, refusals included; it rejects with NoAnswer, with the signal's reason,
 * or with ExchangeError for a sign-in that failed and for a link that must not be followed
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
    // Another request may have renewed it meanwhile.
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
  const target = URL.parse(url)?.origin ?? "nowhere";
  const message = `An answer leads to ${target}, which is not a host of ${new URL(endpoint).host}; it is not followed.`;
  return new ExchangeError({ kind: "foreign-link", message, cmdlet, outcome: "refused" });
}
