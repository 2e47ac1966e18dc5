/**
 * Does some work for each item, so many at a time, beginning in their order.
 *
 * @returns what it gives, in the order of the items
 * @throws what the work throws, after all that was begun has ended
 */
export async function* concurrently<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = [];
  let next = 0;
  const begin = (): void => {
    const item = items[next++];
    if (item === undefined) return;
    const result = work(item);
    result.catch(() => {}); // It is awaited in its turn.
    begun.push(result);
  };
  for (let i = 0; i < atOnce; i++) begin();
  try {
    for (let first = begun.shift(); first !== undefined; first = begun.shift()) {
      yield await first;
      begin();
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
