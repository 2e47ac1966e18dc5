/**
 * Remaining room for text, counted in bytes of UTF-8: services count characters in different ways, and text that fits
 * in bytes fits by any count.
 */
export interface Budget {
  /** Takes room for a text; returns false and takes none when there is too little. */
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

/** Size in bytes of UTF-8. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();
