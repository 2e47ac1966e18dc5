import type { Row } from "./exchange.ts";
import { quoted } from "./opath.ts";

/** Names from `from` (with it) to `to` (without it), in whatever order Exchange has them; null is open. */
export interface NameRange {
  readonly from: string | null;
  readonly to: string | null;
}

export const allNames: NameRange = { from: null, to: null };

/** The filter that holds for what `filter` ("" for none) and the range both hold for. */
export function filterWithin(filter: string, { from, to }: NameRange): string {
  const parts = [
    ...(filter === "" ? [] : [`(${filter})`]),
    ...(from === null ? [] : [`(Name -ge ${quoted(from)})`]),
    ...(to === null ? [] : [`(Name -lt ${quoted(to)})`]),
  ];
  return parts.join(" -and ");
}

/**
 * Two ranges that have nothing in common and together hold all of the one, cut at a name that was read in it. Null
 * where no name cuts it.
 *
 * A name of the middle is taken, not a letter of the alphabet: galops' own names all begin alike. Our order need not be
 * Exchange's; however it sorts, what is not less is greater or equal.
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
