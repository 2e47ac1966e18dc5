import { onTestFinished } from "vitest";
import { createGraphClient, createGraphReader } from "../../src/http/graph/graph-client.ts";
import { createGraphTraffic } from "../../src/http/graph/graph-traffic.ts";
import type { GraphClient, GraphReader } from "../../src/http/graph/graph.ts";
import type { TokenProvider } from "../../src/http/token.ts";
import { manualClock } from "./manual-clock.ts";
import type { ManualClock } from "./manual-clock.ts";
import { scriptedFetch } from "./scripted-fetch.ts";
import type { ScriptedFetch, ScriptedResponse } from "./scripted-fetch.ts";

export const graphOrigin = "https://graph.test.invalid";

export interface GraphWorld {
  readonly client: GraphClient;
  readonly reader: GraphReader;
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
export function graphWorld(
  script: readonly ScriptedResponse[],
  more: { readonly token?: TokenProvider; readonly parallelism?: number } = {},
): GraphWorld {
  const fetch = scriptedFetch(...script);
  onTestFinished(() => {
    if (fetch.left() !== 0) throw new Error(`The script has ${fetch.left()} answers left.`);
  });
  const clock = manualClock();
  const controller = new AbortController();
  const waits: string[] = [];
  const options = {
    baseUrl: graphOrigin,
    fetch: fetch.fetch,
    token: more.token ?? { token: () => Promise.resolve("t") },
    clock,
    random: () => 1,
    traffic: createGraphTraffic(clock, more.parallelism),
    onWait: (wait: { lane: string; seconds: number; reason: string }) => {
      waits.push(`${wait.lane} ${wait.seconds} ${wait.reason}`);
    },
  };
  return {
    client: createGraphClient(options),
    reader: createGraphReader(options),
    script: fetch,
    clock,
    waits,
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
  };
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It was not rejected.");
}
