import type { Clock } from "../../src/model/context.ts";

export interface ManualClock extends Clock {
  /** How long each sleeper slept, in the order in which they fell asleep. */
  readonly slept: readonly number[];
  advance(milliseconds: number): void;
}

/**
 * A clock that stands still but for sleepers: once all else has run, it goes on to the end of the sleep that ends
 * first.
 */
export function manualClock(start = Date.UTC(2026, 10, 24, 8, 0, 0)): ManualClock {
  let now = start;
  const slept: number[] = [];
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  function wakeNext(): void {
    const next = sleepers.toSorted((one, other) => one.until - other.until)[0];
    if (next === undefined) return;
    sleepers.splice(sleepers.indexOf(next), 1);
    now = Math.max(now, next.until);
    next.wake();
  }

  return {
    slept,
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        slept.push(milliseconds);
        sleepers.push({ until: now + milliseconds, wake: resolve });
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        setImmediate(wakeNext); // after all that is ready to run
      });
    },
  };
}
