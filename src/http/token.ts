import type { Clock } from "../model/context.ts";
import type { Place } from "../model/diagnostic.ts";

/** Provides access tokens for one tenant and one service, from a cache while they are valid. */
export interface TokenProvider {
  /**
   * @param options - `renew: true` requests a new token, because the service refused the last one
   * @throws {AuthError}
   * @throws the signal's reason when aborted
   */
  token(options: { readonly renew: boolean }, signal: AbortSignal): Promise<string>;
}

/** Signing in to a tenant failed. The message says why and what to do; it contains no secret and no assertion. */
export class AuthError extends Error {
  override readonly name = "AuthError";
  /** Stable, kebab-case, e.g. `client-secret-expired`. */
  readonly code: string;
  /** Entra ID's error number, e.g. 7000222; null when it gave none. */
  readonly aadsts: number | null;
  /** False when no sign-in service was reached, so that nothing was refused. */
  readonly reached: boolean;
  /** The tenant by its name in the config; null when unknown. */
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

/** How long before its expiry a token is no longer handed out; half of its lifetime if that is shorter. */
const marginMs = 5 * 60_000;
/**
 * How long a failed sign-in is not retried: many readers ask one after another, and each would wait for the failure.
 */
const failureMs = 10_000;

/**
 * Caches the token of `acquire` until shortly before its expiry, and its failure for ten seconds. Concurrent callers
 * share one acquisition, which is aborted when all of its callers are.
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
      const message =
        "The sign-in service returned an access token that cannot be used: it contains characters that a header does not allow.";
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
  let callers = 0;
  const result = run(controller.signal).finally(() => {
    over = true;
  });
  result.catch(() => {}); // Each waiting caller gets the failure itself; without callers it must not count as unhandled.
  return {
    over: () => over,
    join(signal) {
      callers++;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          reject(signal.reason);
          callers--;
          if (callers > 0) return;
          over = true;
          controller.abort(signal.reason);
        };
        signal.addEventListener("abort", leave, { once: true });
        result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      });
    },
  };
}
