/**
 * The results of `work` in the order of the items, while up to `width` of them are worked on at once.
 *
 * Results wait for those before them, so at most `width` are held. The first failure ends it, after what was begun
 * has ended.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const result = work(item);
      // Whoever awaits it gets the failure; until then it must not count as unhandled.
      result.catch(() => {});
      begun.push(result);
      const first = begun.length >= width ? begun.shift() : undefined;
      if (first !== undefined) yield await first;
    }
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) yield await next;
  } finally {
    await Promise.allSettled(begun);
  }
}
