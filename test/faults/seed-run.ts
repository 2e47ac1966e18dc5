import { chooseFault, faultOf, kindOf } from "./faults.ts";
import { edit } from "./edits.ts";
import { foreignIn, makeable, ownKeys, readAllJournals, troubles } from "./laws.ts";
import { runApply, unharmed } from "./run.ts";
import type { Suffering } from "./run.ts";
import { createFaultWorld } from "./world.ts";
import type { FaultWorld } from "./world.ts";

/** What one seed put galops through, and which laws it broke: none, or galops has a bug. */
export interface SeedReport {
  readonly seed: number;
  readonly broken: readonly string[];
  /** Faults by name and kind of request. */
  readonly injected: ReadonlyMap<string, number>;
  readonly kills: number;
  readonly runs: number;
}

/**
 * A random world, random edits, runs with random faults, kills, rivals and people who edit meanwhile, then a clean run.
 *
 * Laws: what is desired is met exactly, nothing is there twice, what galops did not make is as it was, every write was
 * journaled before it was sent, every journal can be read, and a second plan finds nothing.
 */
export async function runSeed(seed: number): Promise<SeedReport> {
  const world = await createFaultWorld(seed);
  const injected = new Map<string, number>();
  const broken: string[] = [];
  const counts = { kills: 0, runs: 0 };
  try {
    const rounds = 1 + world.random.below(3);
    for (let round = 0; round < rounds; round++) {
      for (let i = world.random.below(6); i > 0; i--) edit(world);
      await suffer(world, injected, broken, counts);
    }
    broken.push(...(await brokenLaws(world)));
    counts.runs += 2;
  } catch (error) {
    broken.push(`threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    await world.close();
  }
  return { seed, broken, injected, ...counts };
}

/** One run under faults; perhaps killed, perhaps beside another one, perhaps while people edit. */
async function suffer(
  world: FaultWorld,
  injected: Map<string, number>,
  broken: string[],
  counts: { kills: number; runs: number },
): Promise<void> {
  const { random, clock } = world;
  const oneIn = random.pick([4, 8, 16, 1000]);
  const isEditedMeanwhile = random.below(3) === 0;
  const killAt = random.below(3) === 0 ? 1 + random.below(60) : null;
  const before = foreignIn(world);
  let edited = false;
  const suffering: Suffering = {
    killAt,
    rivals: random.below(4) === 0 ? 2 : 1,
    fault(request) {
      if (isEditedMeanwhile && random.below(12) === 0) {
        edited = true;
        edit(world);
      }
      const name = chooseFault(random, oneIn);
      if (name === null) return undefined;
      const id = `${name} at ${kindOf(request)}`;
      injected.set(id, (injected.get(id) ?? 0) + 1);
      return faultOf(name, request, clock.now());
    },
  };
  const { result, unjournaled } = await runApply(world, suffering);
  counts.runs++;
  if (result === null) counts.kills++;
  broken.push(...unjournaled.map((write) => `not journaled: ${write}`));
  if (!edited) broken.push(...touched(before, foreignIn(world)));
}

/** A run without faults and one more, and what they show of the laws that are broken. */
export async function brokenLaws(world: FaultWorld): Promise<readonly string[]> {
  const broken: string[] = [];
  const before = foreignIn(world);
  const { plan, result } = await runApply(world, unharmed);
  broken.push(...troubles(plan).map((trouble) => `trouble in a clean run: ${trouble}`));
  for (const { action, key, code, message } of result?.failures ?? []) {
    broken.push(`failed in a clean run: ${action} ${key}: ${code} ${message}`);
  }
  broken.push(...touched(before, foreignIn(world)));
  const second = await runApply(world, unharmed);
  broken.push(...makeable(second.plan).map((change) => `a second plan is not empty: ${change}`));
  for (const [place, keys] of ownKeys(world)) {
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    const isReported = second.plan.some(
      (record) => record.type === "book" && record.changes.some(({ reason }) => reason === "duplicate"),
    );
    if (twice.length > 0 && !isReported) broken.push(`twice in ${place}: ${twice.join(", ")}`);
  }
  await readAllJournals(world);
  return broken;
}

function touched(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before]
    .filter(([id, value]) => after.get(id) !== value)
    .map(([id]) => `touched what galops did not make: ${id}`);
}
