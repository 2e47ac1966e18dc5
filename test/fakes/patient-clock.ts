import type { Clock } from "../../src/model/context.ts";

/** Turns of the event loop in which nobody falls asleep, after which nobody is at work. */
const quietTurns = 12;

/**
 * A clock that measures: it goes on, to the end of the sleep that ends first, only when everybody sleeps. The manual
 * clock goes on with each sleep, which wakes some before others have begun what takes time.
 */
export function patientClock(start = Date.UTC(2026, 10, 24, 8, 0, 0)): Clock {
  let now = start;
  let quiet = 0;
  let isWatching = false;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  function watch(): void {
    if (++quiet < quietTurns) return void setImmediate(watch);
    const until = Math.min(...sleepers.map((sleeper) => sleeper.until));
    const woken = sleepers.findIndex((sleeper) => sleeper.until === until);
    const [next] = sleepers.splice(woken, 1);
    now = Math.max(now, until);
    quiet = 0;
    isWatching = sleepers.length > 0;
    next?.wake();
    if (isWatching) setImmediate(watch);
  }

  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        quiet = 0;
        sleepers.push({ until: now + milliseconds, wake: resolve });
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        if (isWatching) return;
        isWatching = true;
        setImmediate(watch);
      }),
  };
}
