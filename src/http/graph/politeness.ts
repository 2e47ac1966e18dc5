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
 * Wraps a Send so that it waits for room in its lanes and for the end of their pauses, and retries after temporary
 * failures. A wait that the service asked for holds for the whole lane.
 *
 * @param atOnce - limits the requests in flight across all lanes; a waiting request does not count
 * @returns a Send that resolves with successes only, and rejects with GraphError or the signal's reason
 */
export function polite(send: Send, world: GraphRetryWorld, atOnce: Semaphore): Send {
  /** A pause may begin while the request waits for its place, so it is checked again afterward. */
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

  /**
   * Makes one attempt. A pause begins before the place is given back, so that no other request slips through.
   *
   * @returns the answer, or how long to wait before the next attempt
   */
  async function attempt(request: WireRequest, done: Done): Promise<Answer | { readonly waitMs: number }> {
    const release = await turn(request);
    try {
      const got = await result(request);
      if (!("error" in got)) {
        request.onSuccess?.(got);
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

/** A failed attempt: the error, and what matters for a retry. */
export interface Trouble {
  readonly error: GraphError;
  readonly obstacle: Obstacle;
}

/** Reports a wait, and pauses the request's lanes when the service is overloaded. */
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

/** Whether the service is overloaded, rather than only this request having failed. */
export function asksToWait({ error, obstacle }: Trouble): boolean {
  return error.status === 429 || obstacle.retryAfterMs !== null;
}

/**
 * Turns an answer that is a failure into a Trouble; returns a success unchanged.
 *
 * @param status - the meaning of its status, which differs inside a batch
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
