/**
 * Maps items with up to `width` of them in progress, and yields the results in the order of the items.
 *
 * At most `width` results are held back for earlier ones. The first failure ends it, after all started work has ended.
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
      // The consumer gets the failure by awaiting; until then it must not count as unhandled.
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
