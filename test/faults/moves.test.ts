import { expect, test } from "vitest";
import { isWrite } from "./faults.ts";
import { foreignIn, makeable, ownKeys } from "./laws.ts";
import { runApply, unharmed } from "./run.ts";
import { createFaultWorld } from "./world.ts";
import type { FaultWorld } from "./world.ts";

const seed = 6;

/** Everybody is in the one folder, and the config names the other one. */
async function aboutToMove(from: string | null, to: string | null): Promise<FaultWorld> {
  const world = await createFaultWorld(seed);
  await world.nameFolder(from);
  await runApply(world, unharmed);
  await world.nameFolder(to);
  return world;
}

/** How many requests come before the first that writes: a run that is killed earlier has done nothing. */
async function readsFirst(from: string | null, to: string | null): Promise<number> {
  const world = await aboutToMove(from, to);
  let reads = 0;
  let hasWritten = false;
  try {
    await runApply(world, {
      ...unharmed,
      fault(request) {
        hasWritten ||= isWrite(request);
        if (!hasWritten) reads++;
        return undefined;
      },
    });
    return reads;
  } finally {
    await world.close();
  }
}

/** Who has a contact in which mailbox, and how many of them. */
function people(world: FaultWorld): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...ownKeys(world)].map(([place, keys]) => [place, keys.toSorted()]));
}

function withoutTwins(all: Readonly<Record<string, readonly string[]>>): object {
  return Object.fromEntries(Object.entries(all).map(([place, keys]) => [place, [...new Set(keys)]]));
}

/** What is wrong after a move that is killed when it is about to send this request; null where it lived. */
async function killedAt(
  killAt: number,
  from: string | null,
  to: string | null,
): Promise<readonly string[] | null> {
  const world = await aboutToMove(from, to);
  const wrong: string[] = [];
  const must = (what: string, found: unknown, wanted: unknown): void => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push(`killed at ${killAt}: ${what}`);
  };
  try {
    const before = { people: people(world), foreign: [...foreignIn(world)] };
    const { result, unjournaled } = await runApply(world, { ...unharmed, killAt });
    must("not journaled", unjournaled, []);
    must("somebody is lost in between", withoutTwins(people(world)), before.people);
    await runApply(world, unharmed);
    must("somebody is lost or twice in the end", people(world), before.people);
    must("what is not ours was touched", [...foreignIn(world)], before.foreign);
    must("a second plan is not empty", makeable((await runApply(world, unharmed)).plan), []);
    return result === null ? wrong : wrong.length === 0 ? null : wrong;
  } finally {
    await world.close();
  }
}

// Every other request, since each takes four runs; the two ways begin one apart.
test.each([
  [null, "Directory", 1],
  ["Directory", null, 2],
])(
  "a move from %s to %s that is killed on its way loses nobody and is finished",
  { timeout: 120_000 },
  async (from, to, first) => {
    const wrong: string[] = [];
    const reads = await readsFirst(from, to);
    let kills = 0;
    for (; ; kills++) {
      const found = await killedAt(reads + first + 2 * kills, from, to);
      if (found === null) break;
      wrong.push(...found);
    }
    expect(wrong).toEqual([]);
    // Noting the move, creates, pictures and deletes in two mailboxes, each after a look.
    expect(kills).toBeGreaterThan(10);
  },
);
