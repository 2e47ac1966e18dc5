import type { Clock } from "../../model/context.ts";
import { failureWithout, refusalBy } from "./graph-errors.ts";
import type { GraphError, Lane } from "./graph.ts";
import type { Lanes } from "./lanes.ts";
import { NoAnswer } from "../no-answer.ts";
import { retryAfterMs } from "../retry-after.ts";
import { maxAttempts, maxConnectAttempts, obstacleOf, waitBeforeRetry } from "../retry.ts";
import type { Done, Obstacle, StatusObstacle } from "../retry.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { Wait } from "../wait.ts";
import type { Answer, Send, WireRequest } from "./send.ts";

export interface GraphRetryWorld {
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
export function polite(send: Send, world: GraphRetryWorld, atOnce: Semaphore): Send {
  /** A pause may begin while a request waits for its place among all, so it is looked at again. */
  async function turn({ places, signal }: WireRequest): Promise<() => void> {
    for (;;) {
      await world.lanes.ready(places, signal);
      const release = await atOnce.take(1, signal);
      if (!world.lanes.isPaused(places)) return release;
      release();
    }
  }

  async function result(request: WireRequest): Promise<Answer | Trouble> {
    try {
      const answer = await send(request);
      return troubleIn(answer, request, obstacleOf(answer.status), world.clock.now());
    } catch (error) {
      if (error instanceof NoAnswer) return troubleWithout(error, request);
      throw error;
    }
  }

  /** The answer, or how long to wait for the next attempt. A pause is made before anybody else can have the place. */
  async function attempt(request: WireRequest, done: Done): Promise<Answer | { readonly waitMs: number }> {
    const release = await turn(request);
    try {
      const got = await result(request);
      if (!("error" in got)) {
        request.heed?.(got);
        return got;
      }
      const waitMs = waitBeforeRetry(got.obstacle, request, done, world.random);
      if (waitMs === null) throw got.error;
      holdUp(request.places.keys(), waitMs, got, world);
      return { waitMs };
    } finally {
      release();
    }
  }

  async function untilThrough(request: WireRequest): Promise<Answer> {
    let waitedMs = 0;
    for (let attempts = 1; ; attempts++) {
      const got = await attempt(request, { attempts, waitedMs });
      if (!("waitMs" in got)) return got;
      await world.clock.sleep(got.waitMs, request.signal);
      waitedMs += got.waitMs;
    }
  }

  return async (request) => {
    const leave = await world.lanes.enter(request.places, request.signal);
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

/** Says that a request waits, and makes everybody in its lanes wait where the service said that it has too much to do. */
export function holdUp(
  lanes: Iterable<Lane>,
  waitMs: number,
  trouble: Trouble,
  world: GraphRetryWorld,
): void {
  for (const lane of lanes) {
    if (asksToWait(trouble)) world.lanes.pause(lane, waitMs);
    world.onWait({ lane, seconds: waitMs / 1000, reason: trouble.error.code });
  }
}

/** Whether it is the service that has too much to do, and not only this request that failed. */
export function asksToWait({ error, obstacle }: Trouble): boolean {
  return error.status === 429 || obstacle.retryAfterMs !== null;
}

/**
 * The answer itself when it is a success.
 *
 * @param status - what its status says, which is not the same inside a batch
 */
export function troubleIn(
  answer: Answer,
  asked: Pick<WireRequest, "method" | "url">,
  status: StatusObstacle | null,
  now: number,
): Answer | Trouble {
  if (status === null) return answer;
  const wait = retryAfterMs(answer.headers.get("retry-after"), now);
  const error = refusalBy(answer, asked, status.outcome);
  return { error, obstacle: { ...status, retryAfterMs: wait, maxAttempts } };
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
