/** Calls in flight at a time. */
export const defaultParallelism = 4;
export const maxParallelism = 8;

/**
 * Between the beginnings of two writes: two a second, which also keeps to the 120 cmdlets in a minute that Exchange was
 * last known to let one caller change things with. No number for this interface is published.
 */
export const writeSpacingMs = 500;

/** What Exchange takes for one write, as others measured it. */
const usualWriteMs = 1500;

/** Milliseconds that so many writes take, by the budget and by how long Exchange usually works on one. */
export function writeForecastMs(writes: number, parallelism: number): number {
  if (writes <= 0) return 0;
  const byBudget = (writes - 1) * writeSpacingMs + usualWriteMs;
  const byLatency = Math.ceil(writes / parallelism) * usualWriteMs;
  return Math.max(byBudget, byLatency);
}
