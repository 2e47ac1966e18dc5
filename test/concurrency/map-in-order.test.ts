import { expect, test } from "vitest";
import { mapInOrder } from "../../src/concurrency/map-in-order.ts";

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test("results come in the order of the items, whichever was ready first", async () => {
  const results: number[] = [];
  const slowFirst = async (item: number): Promise<number> => {
    for (let left = 5 - item; left > 0; left--) await turn();
    return item * 10;
  };
  for await (const result of mapInOrder([1, 2, 3, 4], 4, slowFirst)) results.push(result);
  expect(results).toEqual([10, 20, 30, 40]);
});

test("so many are worked on at a time, and no more", async () => {
  let working = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++working);
    await turn();
    working--;
  };
  for await (const _ of mapInOrder(Array.from({ length: 20 }), 3, work));
  expect(most).toBe(3);
});

test("a failure is thrown after what was begun has ended, and nothing more is begun", async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 1) throw new Error("the first");
    await turn();
    ended.push(item);
  };
  const all = (async () => {
    for await (const _ of mapInOrder([1, 2, 3, 4], 2, work));
  })();
  await expect(all).rejects.toThrow("the first");
  expect(ended).toEqual([2]);
});
