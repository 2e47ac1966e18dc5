import type { Clock } from "../model/context.ts";
import { failureWithout, refusalBy } from "./graph-errors.ts";
import type { GraphError, Lane } from "./graph.ts";
import type { Lanes } from "./lanes.ts";
import { retryAfterMs } from "./retry-after.ts";
import { maxAttempts, maxConnectAttempts, obstacleOf, waitBeforeRetry } from "./retry.ts";
import type { Obstacle } from "./retry.ts";
import type { Semaphore } from "./semaphore.ts";
import type { Answer, Send, WireRequest } from "./send.ts";
import { NoAnswer } from "./transport.ts";

/** That a request waits, for people who wonder why nothing moves. */
export interface Wait {
  readonly lane: Lane;
  readonly seconds: number;
  /** Code of what stood in the way, e.g. `TooManyRequests`, `connection-refused`. */
  readonly reason: string;
}

export interface Patience {
  readonly clock: Clock;
  readonly random: () => number;
  readonly lanes: Lanes;
  readonly onWait: (wait: Wait) => void;
}

/**
 * Sends when its lanes have room and none of them is paused, and again where an obstacle may pass. What the service
 * asked to wait holds for the whole lane.
 *
 * @param atOnce - requests in flight over all lanes; one that waits holds none of these places
 * @returns a Send that gives successes only, and rejects with GraphError or the signal's reason
 */
export function polite(send: Send, patience: Patience, atOnce: Semaphore): Send {
  async function attempt(request: WireRequest): Promise<Answer | Trouble> {
    const release = await atOnce.take(1, request.signal);
    try {
      return troubleIn(await send(request), request, patience.clock.now());
    } catch (error) {
      if (error instanceof NoAnswer) return troubleWithout(error, request);
      throw error;
    } finally {
      release();
    }
  }

  async function untilThrough(request: WireRequest): Promise<Answer> {
    let waitedMs = 0;
    for (let attempts = 1; ; attempts++) {
      await patience.lanes.ready(request.places, request.signal);
      const result = await attempt(request);
      if (!("error" in result)) return result;
      const wait = waitBeforeRetry(result.obstacle, request, { attempts, waitedMs }, patience.random);
      if (wait === null) throw result.error;
      await holdUp(request.places.keys(), wait, result, patience, request.signal);
      waitedMs += wait;
    }
  }

  return async (request) => {
    const leave = await patience.lanes.enter(request.places, request.signal);
    try {
      return await untilThrough(request);
    } finally {
      leave();
    }
  };
}

/** Something in the way, as an error and as what follows from it. */
export interface Trouble {
  readonly error: GraphError;
  readonly obstacle: Obstacle;
}

/** Waits, and makes everybody else in the lanes wait where the service said that it has too much to do. */
export async function holdUp(
  lanes: Iterable<Lane>,
  wait: number,
  trouble: Trouble,
  patience: Patience,
  signal: AbortSignal,
): Promise<void> {
  const asked = trouble.error.status === 429 || trouble.obstacle.retryAfterMs !== null;
  for (const lane of lanes) {
    if (asked) patience.lanes.pause(lane, wait);
    patience.onWait({ lane, seconds: wait / 1000, reason: trouble.error.code });
  }
  await patience.clock.sleep(wait, signal);
}

/** The answer itself when it is a success. */
export function troubleIn(
  answer: Answer,
  asked: Pick<WireRequest, "method" | "url">,
  now: number,
): Answer | Trouble {
  const status = obstacleOf(answer.status);
  if (status === null) return answer;
  const wait = retryAfterMs(answer.headers.get("retry-after"), now);
  return { error: refusalBy(answer, asked), obstacle: { ...status, retryAfterMs: wait, maxAttempts } };
}

function troubleWithout({ failure, cause }: NoAnswer, request: WireRequest): Trouble {
  return {
    error: failureWithout(failure, request, { cause }),
    obstacle: {
      passing: failure.passing,
      outcome: failure.sent ? "unknown" : "refused",
      retryAfterMs: null,
      maxAttempts: failure.sent ? maxAttempts : maxConnectAttempts,
    },
  };
}
