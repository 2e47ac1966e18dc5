type Reading<Item> = (signal: AbortSignal) => AsyncIterable<Item>;

/**
 * Wraps a reading so that it runs only once. Later calls get the same items, or the same failure. The first call must
 * finish before the next one starts.
 */
export function readOnce<Item>(read: Reading<Item>): Reading<Item> {
  let outcome: { readonly items: readonly Item[] } | { readonly failure: unknown } | null = null;
  return async function* again(signal) {
    if (outcome !== null) {
      if ("failure" in outcome) throw outcome.failure;
      yield* outcome.items;
      return;
    }
    const items: Item[] = [];
    try {
      for await (const item of read(signal)) {
        items.push(item);
        yield item;
      }
    } catch (failure) {
      outcome = { failure };
      throw failure;
    }
    outcome = { items };
  };
}
