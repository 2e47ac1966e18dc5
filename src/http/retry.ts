/** What stands in the way of a request, and what is known of it. */
export interface Obstacle {
  /** False where asking again would bring the same: a refusal, a certificate that is not trusted. */
  readonly passing: boolean;
  /** Whether the service may have carried the request out all the same. */
  readonly outcome: "refused" | "unknown";
  /** What the service asked to wait; null when it did not say. */
  readonly retryAfterMs: number | null;
  readonly maxAttempts: number;
}

/** What was tried so far. */
export interface Done {
  /** At least 1. */
  readonly attempts: number;
  /** Between them. */
  readonly waitedMs: number;
}

/** Attempts at one request, the first included. */
export const maxAttempts = 6;
/** Where nobody was there to talk to; it is more likely to stay so. */
export const maxConnectAttempts = 3;

export const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** Exchange counts requests over ten minutes and may ask to wait for their end. */
export const maxWaitedMs = 15 * 60_000;

/**
 * Milliseconds to wait before the next attempt, or null to give up.
 *
 * A request that may have been carried out is sent again only when that does no harm: Graph has no way to say that a
 * second POST is the first one again.
 */
export function waitBeforeRetry(
  obstacle: Obstacle,
  request: { readonly repeatable: boolean },
  done: Done,
  random: () => number,
): number | null {
  if (!obstacle.passing || done.attempts >= obstacle.maxAttempts) return null;
  if (obstacle.outcome === "unknown" && !request.repeatable) return null;
  const wait = Math.max(obstacle.retryAfterMs ?? 0, backoffMs(done.attempts, random));
  return done.waitedMs + wait > maxWaitedMs ? null : wait;
}

/** 1 s, doubled with each attempt up to a minute, and of that a half to the whole, so that not all come back at once. */
function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  return Math.round(full * (0.5 + random() / 2));
}

/** What a status says about the request that it answers. */
export type StatusObstacle = Pick<Obstacle, "passing" | "outcome">;

/**
 * Whether a status may pass by itself, and whether the request may have been carried out; null for a success.
 *
 * 429 comes before any work. A 503 may come after the work was done, and a whole batch is answered with 424 when some
 * of it was throttled, which says nothing of the rest.
 *
 * @see https://learn.microsoft.com/en-us/graph/throttling#throttling-and-batching
 */
export function obstacleOf(status: number): StatusObstacle | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { passing: true, outcome: "refused" };
  if (passingStatuses.has(status)) return { passing: true, outcome: "unknown" };
  return { passing: false, outcome: "refused" };
}

/** The same of one request in a batch: there 424 says that another one was in its way, so that it was not begun. */
export function obstacleInBatch(status: number): StatusObstacle | null {
  return status === 424 ? { passing: true, outcome: "refused" } : obstacleOf(status);
}

const passingStatuses: ReadonlySet<number> = new Set([408, 424, 500, 502, 503, 504]);
