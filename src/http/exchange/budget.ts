/** Calls in flight at a time. */
export const defaultParallelism = 4;
export const maxParallelism = 8;

/**
 * The time between the starts of two writes: two a second, which also keeps within the last known limit of 120 changing
 * cmdlets a minute for one caller. Microsoft publishes no number for this API.
 */
export const writeSpacingMs = 500;

/** How long Exchange takes for one write, as measured by others. */
const usualWriteMs = 1500;

/**
 * Estimates the milliseconds that so many writes take, from the write rate and from Exchange's usual time for a write.
 */
export function writeForecastMs(writes: number, parallelism: number): number {
  if (writes <= 0) return 0;
  const byBudget = (writes - 1) * writeSpacingMs + usualWriteMs;
  const byLatency = Math.ceil(writes / parallelism) * usualWriteMs;
  return Math.max(byBudget, byLatency);
}
