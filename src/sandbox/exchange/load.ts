import type { Clock } from "../../model/context.ts";
import { cmdletNamed } from "../tenant/cmdlet-names.ts";
import type { ExchangeSettings, Throttle } from "../tenant/exchange-settings.ts";
import { jsonAnswer } from "../wire/wire.ts";
import type { ExchangeRequest, WireAnswer } from "../wire/wire.ts";

/** Without `sleep`, requests take no time. */
export type SleepyClock = Pick<Clock, "now"> & Partial<Pick<Clock, "sleep">>;

/** Simulates Exchange's load limits and latency. */
export interface Load {
  /**
   * Runs `work` after the configured latency, or answers with a throttling refusal. Rejects when the signal is aborted
   * meanwhile.
   */
  carry(
    request: ExchangeRequest,
    settings: ExchangeSettings,
    signal: AbortSignal,
    work: () => WireAnswer,
  ): Promise<WireAnswer>;
}

export function load(clock: SleepyClock): Load {
  let inFlight = 0;
  let asked = 0;
  return {
    async carry({ cmdlet }, { concurrency, throttle, latency }, signal, work) {
      const [atATime, count] = [++inFlight, ++asked];
      try {
        // Yields once, so that requests really run concurrently.
        await new Promise(setImmediate);
        if (atATime > concurrency) return tooManyRequests({ retryAfter: null, form: "text" });
        if (throttle !== null && count % throttle.every === 0) return tooManyRequests(throttle);
        const duration = latency[cmdletNamed(cmdlet) ?? ""] ?? latency["*"] ?? 0;
        if (duration > 0) await clock.sleep?.(duration, signal);
        return work();
      } finally {
        inFlight--;
      }
    },
  };
}

function tooManyRequests({ retryAfter, form }: Omit<Throttle, "every">): WireAnswer {
  const message =
    "You have reached the maximum number of concurrent requests per tenant. Please wait and try again.";
  const headers: Record<string, string> = retryAfter === null ? {} : { "Retry-After": String(retryAfter) };
  if (form === "json") {
    return jsonAnswer(429, JSON.stringify({ error: { code: "TooManyRequests", message } }), headers);
  }
  return { status: 429, headers: { "Content-Type": "text/plain", ...headers }, body: message };
}
