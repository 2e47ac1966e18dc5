import { readingSteps } from "./counted.ts";
import type { Machine } from "./machine.ts";
import { entriesOf, isList, sizeOfMap } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Whether two values are equal; compares lists and maps item by item. Counts every comparison, because small lists that
 * contain the same list many times can require any number of them.
 */
export function equal(one: Value, other: Value, machine: Machine): boolean {
  machine.spend(1);
  if (one === other) {
    if (typeof one === "string") machine.spend(readingSteps(one.length));
    return true;
  }
  if (typeof one === "string" && typeof other === "string") {
    if (one.length === other.length) machine.spend(readingSteps(one.length));
    return false;
  }
  if (isList(one)) {
    if (!isList(other) || one.length !== other.length) return false;
    return one.every((item, at) => equal(item, other[at] ?? "", machine));
  }
  if (typeof one !== "object" || typeof other !== "object" || isList(other)) return false;
  machine.spend(sizeOfMap(one) + sizeOfMap(other));
  const [entries, others] = [entriesOf(one), entriesOf(other)];
  if (entries.size !== others.size) return false;
  return [...entries].every(
    ([key, value]) => others.has(key) && equal(value, others.get(key) ?? "", machine),
  );
}
