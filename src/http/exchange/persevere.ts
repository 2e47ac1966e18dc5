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

/** Carries a call until it is through. @throws {ExchangeError} @throws the signal's reason when aborted */
export type Ask = (call: Call) => Promise<Body>;

/**
 * Sends when the gate lets, and again where what stands in the way may pass. What Exchange asks to wait holds for
 * everybody.
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

  /** What came of it, and how long to wait for the next attempt. A pause is made before anybody can have the place. */
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
  /** Null: given up. */
  readonly waitMs: number | null;
}

/** Nobody else needs to be to blame for it: requests of one run that are sent together can be too many. */
function isTooManyAtOnce({ error }: Trouble): boolean {
  return error.kind === "throttled" && /concurrent requests/i.test(error.message);
}

/** What an earlier attempt was to remove is not there any more. */
function isRemovedAlready({ cmdlet }: Call, { error }: Trouble): boolean {
  return cmdlet === "Remove-MailContact" && error.kind === "not-found";
}

function holdUp(waitMs: number, { error, obstacle }: Trouble, { gate, onWait }: ExchangeRetryWorld): void {
  const isForAll = error.kind === "throttled" || obstacle.retryAfterMs !== null;
  // Of one pause it is told once, however many run into it.
  if (isForAll && !gate.pause(waitMs)) return;
  onWait({ lane: "exchange", seconds: waitMs / 1000, reason: error.exception || error.kind });
}
