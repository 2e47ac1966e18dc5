import type { Row } from "./exchange.ts";
import { quoted } from "./opath.ts";

/** Names from `from` (inclusive) to `to` (exclusive) in Exchange's sort order; null means unbounded. */
export interface NameRange {
  readonly from: string | null;
  readonly to: string | null;
}

export const allNames: NameRange = { from: null, to: null };

/** Combines a filter ("" for none) with a range of names. */
export function filterWithin(filter: string, { from, to }: NameRange): string {
  const parts = [
    ...(filter === "" ? [] : [`(${filter})`]),
    ...(from === null ? [] : [`(Name -ge ${quoted(from)})`]),
    ...(to === null ? [] : [`(Name -lt ${quoted(to)})`]),
  ];
  return parts.join(" -and ");
}

/**
 * Splits a range at a name that was read in it, into two disjoint ranges that cover it.
 *
 * The split point is the median name, not a letter of the alphabet: the names that galops assigns all begin alike. The
 * order used here need not be Exchange's: in any order, a name that is not less is greater or equal.
 *
 * @returns null when no name splits the range
 */
export function halvesOf(range: NameRange, rows: readonly Row[]): readonly [NameRange, NameRange] | null {
  const names = new Set(rows.flatMap(({ Name }) => (typeof Name === "string" && Name !== "" ? [Name] : [])));
  const sorted = [...names].toSorted((one, other) => order(one.toLowerCase(), other.toLowerCase()));
  const cut = sorted[Math.floor(sorted.length / 2)];
  if (cut === undefined || sorted.length < 2) return null;
  return [
    { from: range.from, to: cut },
    { from: cut, to: range.to },
  ];
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
