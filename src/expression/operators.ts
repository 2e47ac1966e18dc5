import type { BinaryOperator } from "@marcbachmann/cel-js";
import { readingSteps } from "./counted.ts";
import { equal } from "./equal.ts";
import type { Machine } from "./machine.ts";
import { allowLength, isList, isMap, text, ValueError, whole } from "./value.ts";
import type { Value } from "./value.ts";

type Operation = (left: Value, right: Value, machine: Machine) => Value;

/** Implements the operators. Types of operands were checked as far as they are known in advance. */
export const operations: Readonly<Record<BinaryOperator, Operation>> = {
  "+": add,
  "-": (left, right) => inRange(whole(left) - whole(right)),
  "*": (left, right) => inRange(whole(left) * whole(right)),
  "/": (left, right) => inRange(whole(left) / divisor(right)),
  "%": (left, right) => whole(left) % divisor(right),
  "==": equal,
  "!=": (left, right, machine) => !equal(left, right, machine),
  "<": (left, right, machine) => order(left, right, machine) < 0,
  "<=": (left, right, machine) => order(left, right, machine) <= 0,
  ">": (left, right, machine) => order(left, right, machine) > 0,
  ">=": (left, right, machine) => order(left, right, machine) >= 0,
  in: isIn,
};

function add(left: Value, right: Value, machine: Machine): Value {
  if (typeof left === "string" && typeof right === "string") {
    allowLength(left.length + right.length);
    machine.spend(readingSteps(left.length + right.length));
    return left + right;
  }
  if (isList(left) && isList(right)) {
    machine.spend(left.length + right.length);
    return [...left, ...right];
  }
  return inRange(whole(left) + whole(right));
}

/** CEL numbers have 64 bits. */
export function inRange(number: bigint): bigint {
  if (BigInt.asIntN(64, number) !== number) throw new ValueError("The number is too large.");
  return number;
}

function divisor(value: Value): bigint {
  const number = whole(value);
  if (number === 0n) throw new ValueError("Division by 0.");
  return number;
}

/** Text by code unit, numbers by size, false before true. */
function order(left: Value, right: Value, machine: Machine): number {
  const isComparable = typeof left === typeof right && typeof left !== "object";
  if (!isComparable) throw new ValueError("The two sides cannot be compared.");
  if (typeof left === "string") machine.spend(readingSteps(left.length));
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isIn(value: Value, among: Value, machine: Machine): boolean {
  if (isList(among)) return among.some((item) => equal(item, value, machine));
  if (typeof value === "string") machine.spend(readingSteps(value.length));
  if (typeof among !== "object") throw new ValueError("The right side of in must be a list or a map.");
  return isMap(among) ? among.has(value) : Object.hasOwn(among, text(value));
}
