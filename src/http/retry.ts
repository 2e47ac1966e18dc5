/** Why an attempt at a request failed, as far as it matters for a retry. */
export interface Obstacle {
  /** False when a retry would fail the same way: a refusal, an untrusted certificate. */
  readonly passing: boolean;
  /** Whether the service certainly did not carry out the request ("refused"), or may have ("unknown"). */
  readonly outcome: "refused" | "unknown";
  /** The wait that the service asked for; null when it named none. */
  readonly retryAfterMs: number | null;
  readonly maxAttempts: number;
}

/** The attempts so far. */
export interface Done {
  /** At least 1. */
  readonly attempts: number;
  /** The total wait between the attempts. */
  readonly waitedMs: number;
}

/** Attempts at one request, including the first. */
export const maxAttempts = 6;
/** Attempts when no connection can be made: that is less likely to be temporary. */
export const maxConnectAttempts = 3;

export const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** Exchange counts requests in windows of ten minutes and may ask to wait until the end of one. */
export const maxWaitedMs = 15 * 60_000;

/**
 * Decides how many milliseconds to wait before the next attempt.
 *
 * A request that may have been carried out is repeated only when that does no harm: Graph has no way to mark a second
 * POST as a repetition of the first.
 *
 * @returns null to give up
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

/**
 * Exponential backoff: 1 s, doubled with each attempt up to one minute; a random half to whole of that, so that waiting
 * requests do not all come back at once.
 */
function backoffMs(attempts: number, random: () => number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  return Math.round(full * (0.5 + random() / 2));
}

/** What an HTTP status tells about the request. */
export type StatusObstacle = Pick<Obstacle, "passing" | "outcome">;

/**
 * Tells whether a failure status may be temporary, and whether the request may have been carried out.
 *
 * 429 is sent before any work is done. 503 may be sent after the work was done. A whole batch is answered with 424 when
 * some of its requests were throttled, which tells nothing about the others.
 *
 * @returns null for a success
 * @see https://learn.microsoft.com/en-us/graph/throttling#throttling-and-batching
 */
export function obstacleOf(status: number): StatusObstacle | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { passing: true, outcome: "refused" };
  if (passingStatuses.has(status)) return { passing: true, outcome: "unknown" };
  return { passing: false, outcome: "refused" };
}

/**
 * The same for one request in a batch, where 424 means that another request failed first and this one was not started.
 */
export function obstacleInBatch(status: number): StatusObstacle | null {
  return status === 424 ? { passing: true, outcome: "refused" } : obstacleOf(status);
}

const passingStatuses: ReadonlySet<number> = new Set([408, 424, 500, 502, 503, 504]);
