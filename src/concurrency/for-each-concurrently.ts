/**
 * Works on up to `width` items at once, in any order, and waits for all that was begun, also after a failure.
 *
 * @throws the first failure, after which nothing more is begun
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
      // Something may have failed while the item was waited for.
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
