import { rowsAtATime } from "../page-data.ts";
import type { GroupRow } from "../page-data.ts";

/** The rows of changes, parsed from the page on demand. */
export interface Rows {
  readonly length: number;
  slice(from: number, to: number): readonly GroupRow[];
  all(): readonly GroupRow[];
}

export function rowsIn(elements: ArrayLike<Element>, length: number): Rows {
  const read = new Map<number, readonly GroupRow[]>();
  const chunk = (position: number): readonly GroupRow[] => {
    const known = read.get(position);
    if (known !== undefined) return known;
    // Written by galops itself, so that its type is certain.
    const rows = JSON.parse(elements[position]?.textContent ?? "[]") as readonly GroupRow[];
    read.set(position, rows);
    return rows;
  };
  const slice = (from: number, to: number): readonly GroupRow[] => {
    const first = Math.floor(from / rowsAtATime);
    const chunks: (readonly GroupRow[])[] = [];
    for (let position = first; position * rowsAtATime < Math.min(to, length); position++) {
      chunks.push(chunk(position));
    }
    return chunks.flat().slice(from - first * rowsAtATime, to - first * rowsAtATime);
  };
  let whole: readonly GroupRow[] | null = null;
  return { length, slice, all: () => (whole ??= slice(0, length)) };
}
