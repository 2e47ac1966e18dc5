import type { Action, Cause, Comparison } from "../model/plan.ts";
import type { Caused } from "./causes.ts";

export interface ComparisonCounter {
  add(book: Caused): void;
  /** The comparison over all books added so far. */
  comparison(): Comparison;
}

export function createComparison(baseDigest: string | null): ComparisonCounter {
  const causes: Record<Cause, Record<Action, number>> = {
    "this-change": nothing(),
    pending: nothing(),
    drift: nothing(),
  };
  const dropped = nothing();
  return {
    add(book) {
      for (const { withheld, cause, action } of book.changes) {
        if (withheld === null && cause !== undefined) causes[cause][action]++;
      }
      for (const { action } of book.dropped) dropped[action]++;
    },
    comparison: () => structuredClone({ baseDigest, causes, dropped }),
  };
}

function nothing(): Record<Action, number> {
  return { create: 0, update: 0, delete: 0, adopt: 0 };
}
