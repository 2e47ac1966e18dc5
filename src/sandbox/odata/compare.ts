import type { Json } from "../tenant/tenant.ts";
import type { Comparison } from "./syntax.ts";

/** Text functions; both arguments are in lower case. */
export const textTests: Readonly<Record<string, (value: string, sought: string) => boolean>> = {
  startswith: (value, sought) => value.startsWith(sought),
  endswith: (value, sought) => value.endsWith(sought),
  contains: (value, sought) => value.includes(sought),
};

/** Compares as Graph does: ignoring case. @param right - a literal; text in lower case */
export function compare(operator: Comparison, left: Json, right: Json): boolean {
  const value = typeof left === "string" ? left.toLowerCase() : left;
  if (operator === "eq") return value === right;
  if (operator === "ne") return value !== right;
  return value !== null && right !== null && ordered(operator, value, right);
}

function ordered(operator: "gt" | "ge" | "lt" | "le", left: Json, right: Json): boolean {
  const [one, other] = [comparable(left), comparable(right)];
  switch (operator) {
    case "gt":
      return one > other;
    case "ge":
      return one >= other;
    case "lt":
      return one < other;
    case "le":
      return one <= other;
  }
}

function comparable(value: Json): string | number {
  if (typeof value === "number") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? text : time;
}
