import type { Clock } from "../model/context.ts";
import type { Place } from "../model/diagnostic.ts";

/** Gives the access token of one tenant and one service, from memory while it lasts. */
export interface TokenProvider {
  /**
   * @param options - `renew: true` asks for another token than the last one, which the service did not accept
   * @throws {AuthError}
   * @throws the signal's reason when aborted
   */
  token(options: { readonly renew: boolean }, signal: AbortSignal): Promise<string>;
}

/** Signing in to a tenant failed. The message says why and what to do; it holds no secret and no assertion. */
export class AuthError extends Error {
  override readonly name = "AuthError";
  /** Stable, kebab-case, e.g. `client-secret-expired`. */
  readonly code: string;
  /** Number of Entra ID's own error, e.g. 7000222; null where it gave none. */
  readonly aadsts: number | null;
  /** False where nobody was reached who could have refused: no network, no endpoint. */
  readonly reached: boolean;
  /** Which tenant it was, as the config names it; null where that is not known. */
  readonly tenant: { readonly name: string; readonly place: Place } | null;

  constructor(failure: {
    code: string;
    message: string;
    aadsts?: number | null;
    reached?: boolean;
    tenant?: { readonly name: string; readonly place: Place } | null;
    cause?: unknown;
  }) {
    super(failure.message, { cause: failure.cause });
    this.code = failure.code;
    this.aadsts = failure.aadsts ?? null;
    this.reached = failure.reached ?? true;
    this.tenant = failure.tenant ?? null;
  }
}

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly expiresAt: number;
}

/** How long before its end a token is no longer given out, unless it lives so short that half of that is less. */
const marginMs = 5 * 60_000;
/** So long after a sign-in failed nobody tries again: many readers ask one after the other, and each would wait. */
const failureMs = 10_000;

/**
 * Keeps the token that `acquire` gives until shortly before its end, and its failure for ten seconds. However many ask
 * at once, one acquisition runs; it is aborted when all who wait for it are.
 */
export function cachedTokens(
  acquire: (signal: AbortSignal) => Promise<AccessToken>,
  clock: Clock,
): TokenProvider {
  let current: { readonly token: string; readonly freshUntil: number } | null = null;
  let flight: Flight | null = null;
  let failed: { readonly error: AuthError; readonly until: number } | null = null;

  async function renewed(signal: AbortSignal): Promise<string> {
    const { token, expiresAt } = await acquired(signal);
    if (!/^[\x21-\x7e]+$/.test(token)) {
      const message = "What was got as an access token is none.";
      throw new AuthError({ code: "token-unusable", message });
    }
    const now = clock.now();
    current = { token, freshUntil: expiresAt - Math.min(marginMs, (expiresAt - now) / 2) };
    return token;
  }

  async function acquired(signal: AbortSignal): Promise<AccessToken> {
    try {
      return await acquire(signal);
    } catch (error) {
      if (error instanceof AuthError) failed = { error, until: clock.now() + failureMs };
      throw error;
    }
  }

  return {
    async token({ renew }, signal) {
      signal.throwIfAborted();
      if (failed !== null && clock.now() < failed.until) throw failed.error;
      if (flight !== null && !flight.over()) return await flight.join(signal);
      if (!renew && current !== null && clock.now() < current.freshUntil) return current.token;
      flight = startFlight(renewed);
      return await flight.join(signal);
    },
  };
}

interface Flight {
  join(signal: AbortSignal): Promise<string>;
  over(): boolean;
}

function startFlight(run: (signal: AbortSignal) => Promise<string>): Flight {
  const controller = new AbortController();
  let over = false;
  let passengers = 0;
  const result = run(controller.signal).finally(() => {
    over = true;
  });
  result.catch(() => {}); // Each passenger hears of it by himself; without any nobody needs to.
  return {
    over: () => over,
    join(signal) {
      passengers++;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          reject(signal.reason);
          passengers--;
          if (passengers > 0) return;
          over = true;
          controller.abort(signal.reason);
        };
        signal.addEventListener("abort", leave, { once: true });
        result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      });
    },
  };
}
