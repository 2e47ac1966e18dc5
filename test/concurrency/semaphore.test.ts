import { expect, test } from "vitest";
import { createSemaphore } from "../../src/concurrency/semaphore.ts";
import { rejection } from "../fakes/graph-world.ts";

const never = new AbortController().signal;

/** Whether somebody who asks now is let in at once; he leaves again. */
async function hasRoom(semaphore: ReturnType<typeof createSemaphore>, places: number): Promise<boolean> {
  const controller = new AbortController();
  const asked = semaphore.take(places, controller.signal);
  const release = await Promise.race([asked, new Promise<null>((resolve) => setImmediate(resolve, null))]);
  if (release !== null) {
    release();
    return true;
  }
  controller.abort("full");
  expect(await rejection(asked)).toBe("full");
  return false;
}

test("places are there until they are taken, and again when they are given back", async () => {
  const semaphore = createSemaphore(3);
  const release = await semaphore.take(2, never);
  expect(await hasRoom(semaphore, 1)).toBe(true);
  expect(await hasRoom(semaphore, 2)).toBe(false);
  release();
  expect(await hasRoom(semaphore, 3)).toBe(true);
});

test("giving places back twice gives them back once", async () => {
  const semaphore = createSemaphore(2);
  const release = await semaphore.take(1, never);
  await semaphore.take(1, never);
  release();
  release();
  expect(await hasRoom(semaphore, 2)).toBe(false);
});

test("who is aborted while he waits takes nothing later, and those behind him move up", async () => {
  const semaphore = createSemaphore(2);
  const release = await semaphore.take(1, never);
  const controller = new AbortController();
  const large = rejection(semaphore.take(2, controller.signal));
  const small = semaphore.take(1, never);
  controller.abort("stop");
  expect(await large).toBe("stop");
  (await small)();
  release();
  expect(await hasRoom(semaphore, 2)).toBe(true);
});

test("who was aborted before is not let in", async () => {
  expect(await rejection(createSemaphore(1).take(1, AbortSignal.abort("before")))).toBe("before");
});

test("places that are taken away for good do not come back", async () => {
  const semaphore = createSemaphore(3);
  const release = await semaphore.take(3, never);
  semaphore.shrink(2);
  release();
  expect(await hasRoom(semaphore, 2)).toBe(false);
  expect(await hasRoom(semaphore, 1)).toBe(true);
});
