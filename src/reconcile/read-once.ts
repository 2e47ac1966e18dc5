type Reading<Item> = (signal: AbortSignal) => AsyncIterable<Item>;

/**
 * The same items, or the same failure, however often they are asked for; read by whoever asks first, who must be done
 * before the next one asks.
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
