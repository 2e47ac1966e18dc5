import { expect, test } from "vitest";
import { forEachConcurrently } from "../../src/concurrency/for-each-concurrently.ts";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function* each<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}

test("so many are worked on at a time, and all of them", async () => {
  let atWork = 0;
  let most = 0;
  const done = new Set<number>();
  await forEachConcurrently(each([1, 2, 3, 4, 5]), 2, async (item) => {
    most = Math.max(most, ++atWork);
    await nextTurn();
    atWork--;
    done.add(item);
  });
  expect(most).toBe(2);
  expect(done).toEqual(new Set([1, 2, 3, 4, 5]));
});

test("after a failure nothing more is begun, and what was begun is waited for", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const all = forEachConcurrently(each([1, 2, 3, 4]), 2, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error("second");
    await nextTurn();
    ended.push(item);
  });
  await expect(all).rejects.toThrow("second");
  expect([begun, ended]).toEqual([[1, 2], [1]]);
});

test("nor is an item begun for which it was waited while another one failed", async () => {
  const failed = Promise.withResolvers<void>();
  let isEnded = false;
  async function* slow(): AsyncIterable<number> {
    try {
      yield 1;
      await failed.promise;
      await nextTurn();
      yield 2;
      yield 3;
    } finally {
      isEnded = true;
    }
  }
  const begun: number[] = [];
  const all = forEachConcurrently(slow(), 2, async (item) => {
    begun.push(item);
    failed.resolve();
    await Promise.reject(new Error(`failure of ${item}`));
  });
  await expect(all).rejects.toThrow("failure of 1");
  expect(begun).toEqual([1]);
  expect(isEnded).toBe(true);
});
