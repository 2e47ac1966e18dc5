import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Lane } from "../../../src/http/graph/graph.ts";
import { createLanes, placesOfBatch } from "../../../src/http/graph/lanes.ts";
import { rejection } from "../../fakes/graph-world.ts";
import { manualClock } from "../../fakes/manual-clock.ts";

const ann: Lane = "mailbox:ann";
const bo: Lane = "mailbox:bo";
const one = (lane: Lane): ReadonlyMap<Lane, number> => new Map([[lane, 1]]);
const never = new AbortController().signal;

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("a mailbox has four places, and the fifth waits for one that is given back", async () => {
  const lanes = createLanes(manualClock());
  const leaves = await Promise.all([1, 2, 3, 4].map(() => lanes.enter(one(ann), never)));
  let fifth = false;
  const waiting = (async () => {
    await lanes.enter(one(ann), never);
    fifth = true;
  })();
  await settled();
  expect(fifth).toBe(false);
  leaves[0]?.();
  await waiting;
  expect(fifth).toBe(true);
});

test("mailboxes do not wait for each other, and the directory has more places", async () => {
  const lanes = createLanes(manualClock());
  await Promise.all([1, 2, 3, 4].map(() => lanes.enter(one(ann), never)));
  await lanes.enter(one(bo), never);
  const inDirectory = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map(() => lanes.enter(one("directory"), never)),
  );
  expect(inDirectory).toHaveLength(8);
});

test("a batch is not overtaken by single requests that come later", async () => {
  const lanes = createLanes(manualClock());
  const order: string[] = [];
  const leave = await lanes.enter(one(ann), never);
  const enter = async (name: string, places: number): Promise<void> => {
    const release = await lanes.enter(new Map([[ann, places]]), never);
    order.push(name);
    release();
  };
  const both = [enter("batch", placesOfBatch(20)), enter("single", 1)];
  await settled();
  expect(order).toEqual([]);
  leave();
  await Promise.all(both);
  expect(order).toEqual(["batch", "single"]);
});

test("who is aborted while waiting gives back what he held", async () => {
  const lanes = createLanes(manualClock());
  const full = new Map<Lane, number>([[bo, 4]]);
  const leaveBo = await lanes.enter(full, never);
  const controller = new AbortController();
  // Holds Ann's lane (the first by name) while it waits for Bo's.
  const both = rejection(
    lanes.enter(
      new Map<Lane, number>([
        [bo, 4],
        [ann, 4],
      ]),
      controller.signal,
    ),
  );
  await settled();
  controller.abort("stop");
  expect(await both).toBe("stop");
  await lanes.enter(new Map([[ann, 4]]), never);
  leaveBo();
  await lanes.enter(full, never);
});

test("a pause holds for its lane only, and the longest counts", async () => {
  const clock = manualClock();
  const lanes = createLanes(clock);
  const start = clock.now();
  lanes.pause(ann, 5000);
  lanes.pause(ann, 2000);
  await lanes.ready(one(bo), never);
  expect(clock.now()).toBe(start);
  await lanes.ready(one(ann), never);
  expect(clock.now()).toBe(start + 5000);
});

test("a pause that became longer meanwhile is waited for to its end", async () => {
  const clock = manualClock();
  const lanes = createLanes(clock);
  const start = clock.now();
  lanes.pause(ann, 1000);
  const ready = lanes.ready(one(ann), never);
  lanes.pause(ann, 3000);
  await ready;
  expect(clock.now()).toBe(start + 3000);
});

test("whatever many ask for, nobody waits for ever and no lane is overfull", async () => {
  const lane = fc.constantFrom<Lane>("directory", ann, bo, "mailbox:chandra");
  const guest = fc.uniqueArray(fc.tuple(lane, fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    selector: ([name]) => name,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(guest, { maxLength: 40 }), async (guests) => {
      const lanes = createLanes(manualClock());
      const inside = new Map<Lane, number>();
      await Promise.all(
        guests.map(async (places) => {
          const leave = await lanes.enter(new Map(places), never);
          for (const [name, count] of places) inside.set(name, (inside.get(name) ?? 0) + count);
          for (const [name, count] of inside) expect(count).toBeLessThanOrEqual(name === "directory" ? 8 : 4);
          await settled();
          for (const [name, count] of places) inside.set(name, (inside.get(name) ?? 0) - count);
          leave();
        }),
      );
    }),
    { numRuns: 50 },
  );
});
