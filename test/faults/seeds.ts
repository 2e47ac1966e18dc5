import { runSeed } from "./seed-run.ts";

/** What many seeds came to. */
export interface SeedsReport {
  readonly seeds: number;
  readonly runs: number;
  readonly kills: number;
  readonly faults: number;
  /** Pairs of fault and kind of request that were met. */
  readonly pairs: number;
  /** Laws that were broken, with the seed; empty, or galops has a bug. */
  readonly broken: readonly string[];
}

/** @param onSeed - told after each seed, with what is broken so far */
export async function runSeeds(
  from: number,
  to: number,
  onSeed: (seed: number, broken: number) => void = () => {},
): Promise<SeedsReport> {
  const injected = new Map<string, number>();
  const broken: string[] = [];
  let [runs, kills] = [0, 0];
  for (let seed = from; seed < to; seed++) {
    const report = await runSeed(seed);
    runs += report.runs;
    kills += report.kills;
    broken.push(...report.broken.map((law) => `seed ${seed}: ${law}`));
    for (const [pair, count] of report.injected) injected.set(pair, (injected.get(pair) ?? 0) + count);
    onSeed(seed, broken.length);
  }
  const faults = [...injected.values()].reduce((sum, count) => sum + count, 0);
  return { seeds: to - from, runs, kills, faults, pairs: injected.size, broken };
}

export function seedsText({ seeds, runs, kills, faults, pairs, broken }: SeedsReport): string {
  return `${seeds} seeds: ${runs} runs, ${kills} killed, ${faults} faults of ${pairs} kinds; ${broken.length} laws broken.`;
}
