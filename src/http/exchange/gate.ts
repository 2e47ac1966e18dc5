import type { Clock } from "../../model/context.ts";
import { createSemaphore } from "../../concurrency/semaphore.ts";

/**
 * Controls when requests may be sent: a limited number at a time, writes at the rate of their budget, and none while
 * Exchange asks to wait.
 */
export interface Gate {
  /**
   * @returns a function that gives the place back
   * @throws the signal's reason when aborted
   */
  enter(isWrite: boolean, signal: AbortSignal): Promise<() => void>;
  /** Holds back all requests for so long. @returns whether that extends the current pause */
  pause(milliseconds: number): boolean;
  /**
   * Halves the number of requests at a time, to one at least, because there were too many at once.
   *
   * @param sentAt - when the request that showed it was sent; of several sent together only the first counts
   */
  narrow(sentAt: number): void;
}

/** @param spacingMs - the time between the starts of two writes */
export function createGate(clock: Clock, places: number, spacingMs: number): Gate {
  const semaphore = createSemaphore(places);
  let pausedUntil = 0;
  let nextWriteAt = 0;
  let narrowedAt = -Infinity;
  let open = places;

  async function pauseIsOver(signal: AbortSignal): Promise<void> {
    for (let rest = pausedUntil - clock.now(); rest > 0; rest = pausedUntil - clock.now()) {
      await clock.sleep(rest, signal);
    }
  }

  /**
   * Waits for the next write slot. Only a request that holds a place takes one: slots would otherwise pile up behind
   * slow answers and be used all at once.
   */
  async function turnToWrite(signal: AbortSignal): Promise<void> {
    const now = clock.now();
    const turn = Math.max(now, nextWriteAt);
    nextWriteAt = turn + spacingMs;
    if (turn > now) await clock.sleep(turn - now, signal);
  }

  return {
    async enter(isWrite, signal) {
      signal.throwIfAborted();
      for (;;) {
        await pauseIsOver(signal);
        const release = await semaphore.take(1, signal);
        try {
          if (isWrite) await turnToWrite(signal);
        } catch (error) {
          release();
          throw error;
        }
        // A pause may have begun meanwhile.
        if (clock.now() >= pausedUntil) return release;
        release();
      }
    },
    pause(milliseconds) {
      const until = clock.now() + milliseconds;
      if (until <= pausedUntil) return false;
      pausedUntil = until;
      return true;
    },
    narrow(sentAt) {
      if (sentAt <= narrowedAt) return;
      narrowedAt = clock.now();
      const fewer = Math.max(1, Math.floor(open / 2));
      semaphore.shrink(open - fewer);
      open = fewer;
    },
  };
}
