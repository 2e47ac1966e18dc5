import { answersById, batchBody, chunksOf, isRepeatable, partsOf, placesFor } from "./batch.ts";
import type { Part, SubRequest } from "./batch.ts";
import { failureWithout } from "./graph-errors.ts";
import { GraphError } from "./graph.ts";
import type { BatchAnswer } from "./graph.ts";
import { asksToWait, holdUp, troubleIn } from "./politeness.ts";
import type { GraphRetryWorld, Trouble } from "./politeness.ts";
import { firstWaitMs, maxAttempts, maxWaitedMs, obstacleInBatch, waitBeforeRetry } from "../retry.ts";
import type { Answer, Send } from "./send.ts";

/** What is needed to send batches. */
export interface BatchWorld {
  readonly send: Send;
  /** `https://host/v1.0` */
  readonly root: string;
  readonly retryWorld: GraphRetryWorld;
}

/**
 * Sends any number of requests in batches, concurrently as far as their lanes allow. Requests that were throttled,
 * failed temporarily or got no answer are sent again in a batch of their own.
 *
 * @param wholeFailure - what to do when a batch fails for good as a whole: `throw` it and stop the other batches, or
 * `spread` it to each of its requests
 * @returns answers in the order of the requests
 */
export async function sendBatches(
  world: BatchWorld,
  requests: readonly SubRequest[],
  wholeFailure: "throw" | "spread",
  signal: AbortSignal,
): Promise<readonly BatchAnswer[]> {
  signal.throwIfAborted();
  const answers: BatchAnswer[] = [];
  const stop = new AbortController();
  const together = AbortSignal.any([signal, stop.signal]);
  const runs = chunksOf(partsOf(requests)).map(async (chunk) => {
    try {
      await sendChunk(world, chunk, wholeFailure, answers, together);
    } catch (error) {
      stop.abort(error);
    }
  });
  await Promise.all(runs);
  together.throwIfAborted();
  return answers;
}

/** Sends one batch, repeatedly if needed, until each of its requests has an answer in `answers` at its index. */
async function sendChunk(
  world: BatchWorld,
  chunk: readonly Part[],
  wholeFailure: "throw" | "spread",
  answers: BatchAnswer[],
  signal: AbortSignal,
): Promise<void> {
  let pending = chunk;
  let waitedMs = 0;
  for (let attempts = 1; pending.length > 0; attempts++) {
    const results = await sendOnce(world, pending, wholeFailure, signal);
    const again: Part[] = [];
    const delays: { readonly wait: number; readonly part: Part; readonly trouble: Trouble }[] = [];
    for (const [part, result] of results) {
      if (!("error" in result)) {
        answers[part.index] = successOf(result);
        continue;
      }
      const repeatable = isRepeatable(part.request);
      const done = { attempts, waitedMs };
      const wait = waitBeforeRetry(result.obstacle, { repeatable }, done, world.retryWorld.random);
      if (wait === null) {
        answers[part.index] = { ok: false, error: result.error };
      } else {
        again.push(part);
        delays.push({ wait, part, trouble: result });
      }
    }
    const longest = delays.toSorted((one, other) => other.wait - one.wait)[0];
    if (longest !== undefined) {
      const lanes = new Set(again.map(({ request }) => request.lane));
      holdUp(lanes, longest.wait, longest.trouble, world.retryWorld);
      await world.retryWorld.clock.sleep(longest.wait, signal);
      waitedMs += longest.wait;
    }
    pending = again;
  }
}

async function sendOnce(
  { send, root, retryWorld }: BatchWorld,
  parts: readonly Part[],
  wholeFailure: "throw" | "spread",
  signal: AbortSignal,
): Promise<ReadonlyMap<Part, Answer | Trouble>> {
  const url = `${root}/$batch`;
  const allRepeatable = parts.every(({ request }) => isRepeatable(request));
  let results: ReadonlyMap<Part, Answer | Trouble> = new Map();
  try {
    await send({
      method: "POST",
      url,
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: batchBody(parts),
      expects: "json",
      places: placesFor(parts),
      repeatable: allRepeatable,
      onSuccess(answer) {
        const byId = answersById(answer.body);
        const now = retryWorld.clock.now();
        results = new Map(
          parts.map((part) => [part, resultOf(part, byId.get(part.id), answer, { root, now })]),
        );
        pauseLanes(results, retryWorld);
      },
      signal,
    });
    return results;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    // The batch was given up only because it contains a POST; its other requests may be sent again.
    const passing = !allRepeatable && error.outcome === "unknown";
    if (!passing && wholeFailure === "throw") throw error;
    return new Map(parts.map((part) => [part, troubleOfWhole(part, error, passing)]));
  }
}

/** Pauses the lanes that the service asked to wait, before the next batch of the same mailbox is sent. */
function pauseLanes(results: ReadonlyMap<Part, Answer | Trouble>, { lanes }: GraphRetryWorld): void {
  for (const [{ request }, result] of results) {
    if (!("error" in result) || !asksToWait(result)) continue;
    const wait = result.obstacle.retryAfterMs ?? firstWaitMs;
    if (wait <= maxWaitedMs) lanes.pause(request.lane, wait); // A request that would have to wait longer fails instead.
  }
}

function resultOf(
  part: Part,
  answer: Answer | undefined,
  whole: Answer,
  { root, now }: { readonly root: string; readonly now: number },
): Answer | Trouble {
  const asked = { method: part.request.method, url: root + part.request.url };
  if (answer !== undefined) return troubleIn(answer, asked, obstacleInBatch(answer.status), now);
  const message = "The answer to the batch does not contain an answer to this request.";
  // The service answered; only the outcome of this one request is unknown.
  const more = { status: whole.status, requestId: whole.headers.get("request-id") ?? "" };
  return {
    error: failureWithout({ code: "no-answer", message, sent: true }, asked, more),
    obstacle: { passing: true, outcome: "unknown", retryAfterMs: null, maxAttempts },
  };
}

/** Turns the failure of a batch into the failure of one request in it. */
function troubleOfWhole(part: Part, error: GraphError, passing: boolean): Trouble {
  const { status, code, message, requestId, outcome, cause } = error;
  const path = part.request.url.split("?", 1)[0] ?? "";
  return {
    error: new GraphError({
      method: part.request.method,
      path,
      status,
      code,
      message,
      requestId,
      outcome,
      cause,
    }),
    obstacle: { passing, outcome, retryAfterMs: null, maxAttempts },
  };
}

function successOf({ status, headers, body }: Answer): BatchAnswer {
  return { ok: true, status, body, requestId: headers.get("request-id") ?? "" };
}
