/**
 * Room for text. It is counted in bytes of UTF-8: what limits say about characters is counted in one way or another,
 * and what fits in bytes fits in each of them.
 */
export interface Budget {
  /** Takes room for the text, if there is enough. */
  take(text: string): boolean;
  left(): number;
}

export function createBudget(bytes: number): Budget {
  let left = bytes;
  return {
    take(text) {
      const size = sizeOf(text);
      if (size > left) return false;
      left -= size;
      return true;
    },
    left: () => left,
  };
}

/** Bytes in UTF-8. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();
