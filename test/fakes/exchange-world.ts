import { onTestFinished } from "vitest";
import { createExchangeClient, createExchangeReader } from "../../src/http/exchange/exchange-client.ts";
import { createExchangeTraffic } from "../../src/http/exchange/exchange-traffic.ts";
import type { ExchangeClient, ExchangeReader } from "../../src/http/exchange/exchange.ts";
import { ExchangeError } from "../../src/http/exchange/exchange.ts";
import type { TokenProvider } from "../../src/http/token.ts";
import { rejection } from "./graph-world.ts";
import { manualClock } from "./manual-clock.ts";
import type { ManualClock } from "./manual-clock.ts";
import { scriptedFetch } from "./scripted-fetch.ts";
import type { ScriptedFetch, ScriptedResponse, Seen } from "./scripted-fetch.ts";
import { contosoId } from "./tenant-config.ts";

/** As Microsoft's own, so that its regional hosts are allowed. */
export const exchangeOrigin = "https://outlook.office365.com";
export const commandUrl = `${exchangeOrigin}/adminapi/beta/${contosoId}/InvokeCommand`;

export interface ExchangeWorld {
  readonly client: ExchangeClient;
  readonly reader: ExchangeReader;
  readonly script: ScriptedFetch;
  readonly clock: ManualClock;
  /** `lane seconds reason` of each wait. */
  readonly waits: readonly string[];
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
}

/**
 * A client over a script of answers, with a clock that goes on only where somebody sleeps, and without chance.
 * A test that leaves answers, or asks for more, fails.
 */
export function exchangeWorld(
  script: readonly ScriptedResponse[],
  more: {
    readonly token?: TokenProvider;
    readonly parallelism?: number;
    readonly baseUrl?: string;
    /** The script is longer than it will be needed. */
    readonly mayBeLeft?: boolean;
  } = {},
): ExchangeWorld {
  const fetch = scriptedFetch(...script);
  onTestFinished(() => {
    if (fetch.left() !== 0 && more.mayBeLeft !== true)
      throw new Error(`The script has ${fetch.left()} answers left.`);
  });
  const clock = manualClock();
  const controller = new AbortController();
  const waits: string[] = [];
  const options = {
    baseUrl: more.baseUrl ?? exchangeOrigin,
    tenantId: contosoId,
    fetch: fetch.fetch,
    token: more.token ?? { token: () => Promise.resolve("t") },
    clock,
    random: () => 1,
    traffic: createExchangeTraffic(clock, more),
    onWait: (wait: { lane: string; seconds: number; reason: string }) => {
      waits.push(`${wait.lane} ${wait.seconds} ${wait.reason}`);
    },
  };
  return {
    client: createExchangeClient(options),
    reader: createExchangeReader(options),
    script: fetch,
    clock,
    waits,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
  };
}

/** An answer with rows, as Exchange writes it. */
export function rowsAnswer(
  rows: readonly object[],
  more: { readonly next?: string; readonly warnings?: readonly string[] } = {},
): ScriptedResponse {
  return {
    json: {
      "@odata.context": `${exchangeOrigin}/adminapi/beta/${contosoId}/$metadata#Collection(Exchange.GenericHashTable)`,
      "adminapi.warnings@odata.type": "#Collection(String)",
      "@adminapi.warnings": more.warnings ?? [],
      ...(more.next === undefined ? {} : { "@odata.nextLink": more.next }),
      value: rows,
    },
  };
}

/** The Exchange failure that a promise is rejected with; anything else is thrown on. */
export async function exchangeFailure(promise: Promise<unknown>): Promise<ExchangeError> {
  const error = await rejection(promise);
  if (error instanceof ExchangeError) return error;
  throw error;
}

/** The parameters that a request gave its cmdlet. */
export function parametersOf({ body }: Seen): Readonly<Record<string, unknown>> {
  const { CmdletInput } = body as { CmdletInput: { Parameters: Readonly<Record<string, unknown>> } }; // as sent
  return CmdletInput.Parameters;
}
