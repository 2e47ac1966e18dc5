import { byCodeUnit } from "../model/order.ts";
import type { Change } from "../model/plan.ts";

/** Order of changes in a book: by key, then live id, by code unit; for one contact, withheld changes come last. */
export function byKeyAndId(one: Change, other: Change): number {
  return (
    byCodeUnit(one.key, other.key) ||
    byCodeUnit(idOf(one), idOf(other)) ||
    Number(one.withheld !== null) - Number(other.withheld !== null)
  );
}

function idOf(change: Change): string {
  return change.action === "create" ? "" : change.live.id;
}
