/** A pseudorandom generator that is reproducible from its seed. */
export interface SeededRandom {
  /** A whole number from 0 (inclusive) to `end` (exclusive). */
  below(end: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A GUID of version 4, in lower case. */
  guid(): string;
}

/** Mulberry32: short, and good enough for fictional people. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (bits ^ (bits >>> 14)) >>> 0;
  }

  const below = (end: number): number => Math.floor((next() / 2 ** 32) * end);
  const hex = (): string => next().toString(16).padStart(8, "0");
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    guid() {
      const digits = hex() + hex() + hex() + hex();
      const [a, b, c] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16)];
      return `${a}-${b}-4${c}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
    },
  };
}
