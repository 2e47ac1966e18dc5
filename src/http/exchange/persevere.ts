import type { Clock } from "../../model/context.ts";
import { NoAnswer } from "../no-answer.ts";
import { waitBeforeRetry } from "../retry.ts";
import type { Done } from "../retry.ts";
import type { Wait } from "../wait.ts";
import type { Call, Reply } from "./call.ts";
import type { Gate } from "./gate.ts";
import { outcomeIn, outcomeWithout } from "./outcome.ts";
import type { Body, Trouble } from "./outcome.ts";

export interface ExchangeRetryWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly gate: Gate;
  readonly onWait: (wait: Wait) => void;
}

/** Sends a call, with retries. @throws {ExchangeError} @throws the signal's reason when aborted */
export type Ask = (call: Call) => Promise<Body>;

/**
 * Creates an Ask that waits for the gate and retries after temporary failures. A wait that Exchange asked for holds for
 * all requests.
 */
export function persevering(carry: (call: Call) => Promise<Reply>, world: ExchangeRetryWorld): Ask {
  async function result(call: Call): Promise<{ readonly body: Body } | Trouble> {
    try {
      return outcomeIn(await carry(call), call, world.clock.now());
    } catch (error) {
      if (error instanceof NoAnswer) return outcomeWithout(error, call);
      throw error;
    }
  }

  /**
   * Makes one attempt. A pause begins before the place is given back, so that no other request slips through.
   *
   * @returns the body, or the failure and how long to wait before the next attempt
   */
  async function attempt(call: Call, done: Done): Promise<{ readonly body: Body } | (Trouble & Waiting)> {
    const release = await world.gate.enter(call.isWrite, call.signal);
    const sentAt = world.clock.now();
    try {
      const got = await result(call);
      if ("body" in got) return got;
      if (isTooManyAtOnce(got)) world.gate.narrow(sentAt);
      const waitMs = waitBeforeRetry(got.obstacle, { repeatable: call.isRepeatable }, done, world.random);
      if (waitMs !== null) holdUp(waitMs, got, world);
      return { ...got, waitMs };
    } finally {
      release();
    }
  }

  return async (call) => {
    let waitedMs = 0;
    let mayBeDone = false;
    for (let attempts = 1; ; attempts++) {
      const got = await attempt(call, { attempts, waitedMs });
      if ("body" in got) return got.body;
      if (mayBeDone && isRemovedAlready(call, got)) return null;
      if (got.waitMs === null) throw mayBeDone ? got.error.afterDoubt() : got.error;
      mayBeDone ||= got.error.outcome === "unknown";
      await world.clock.sleep(got.waitMs, call.signal);
      waitedMs += got.waitMs;
    }
  };
}

interface Waiting {
  /** Null to give up. */
  readonly waitMs: number | null;
}

/** Whether too many requests ran at once, which the requests of this run alone can cause. */
function isTooManyAtOnce({ error }: Trouble): boolean {
  return error.kind === "throttled" && /concurrent requests/i.test(error.message);
}

/** Whether the object of a repeated removal is already gone. */
function isRemovedAlready({ cmdlet }: Call, { error }: Trouble): boolean {
  return cmdlet === "Remove-MailContact" && error.kind === "not-found";
}

function holdUp(waitMs: number, { error, obstacle }: Trouble, { gate, onWait }: ExchangeRetryWorld): void {
  const isForAll = error.kind === "throttled" || obstacle.retryAfterMs !== null;
  // One pause is reported once, however many requests run into it.
  if (isForAll && !gate.pause(waitMs)) return;
  onWait({ lane: "exchange", seconds: waitMs / 1000, reason: error.exception || error.kind });
}
