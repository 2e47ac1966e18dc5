/**
 * Processes up to `width` items at a time, in any order, and waits for all started work, even after a failure.
 *
 * @throws the first failure, after which no further work is started
 */
export async function forEachConcurrently<Item>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const working = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const item of items) {
      // Work may have failed while waiting for the item.
      if (failures.length > 0) break;
      const task = work(item)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => working.delete(task));
      working.add(task);
      if (working.size >= width) await Promise.race(working);
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(working);
  }
  if (failures.length > 0) throw failures[0];
}
