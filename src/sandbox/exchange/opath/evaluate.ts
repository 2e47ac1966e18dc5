import type { Json } from "../../tenant/tenant.ts";
import type { Comparison, OpathNode } from "./parse.ts";
import { OpathError } from "./tokens.ts";
import type { Operand } from "./tokens.ts";

type Matches<Item> = (item: Item) => boolean;

/**
 * Compiles a filter. Text comparison is case-insensitive.
 *
 * @param filterable - properties that can be filtered by
 * @param read - reads a property of an item; "" and null both mean empty. With several values, one match is enough
 * @throws {OpathError}
 */
export function compileOpath<Item>(
  node: OpathNode,
  filterable: readonly string[],
  read: (item: Item, property: string) => Json,
): Matches<Item> {
  switch (node.kind) {
    case "logic": {
      const parts = node.operands.map((operand) => compileOpath(operand, filterable, read));
      if (node.operator === "-and") return (item) => parts.every((part) => part(item));
      return (item) => parts.some((part) => part(item));
    }
    case "not": {
      const operand = compileOpath(node.operand, filterable, read);
      return (item) => !operand(item);
    }
    case "compare": {
      const sought = node.property.toLowerCase();
      const property = filterable.find((name) => name.toLowerCase() === sought);
      if (property === undefined) throw notFilterable(node.property);
      const test = comparison(property, node.operator, node.value);
      // -ne holds only when all of the values differ.
      if (node.operator === "-ne") return (item) => valuesOf(read(item, property)).every(test);
      return (item) => valuesOf(read(item, property)).some(test);
    }
  }
}

function notFilterable(property: string): OpathError {
  return new OpathError(
    `"${property}" is not a recognized filterable property. For a complete list of filterable properties see the command help.`,
  );
}

function valuesOf(value: Json): readonly Json[] {
  if (!Array.isArray(value)) return [value];
  return value.length === 0 ? [null] : (value as readonly Json[]); // Array.isArray loses the element type
}

function comparison(property: string, operator: Comparison, value: Operand): (found: Json) => boolean {
  if (operator === "-like") return likeness(property, value);
  const plain = property === "ExternalEmailAddress" ? withoutPrefix : (text: string) => text;
  const sought = comparable(typeof value === "string" ? plain(value) : value);
  return (found) => {
    const one = comparable(typeof found === "string" ? plain(found) : found);
    if (operator === "-eq") return one === sought;
    if (operator === "-ne") return one !== sought;
    if (one === null || sought === null) return false;
    if (operator === "-lt") return one < sought;
    if (operator === "-le") return one <= sought;
    return operator === "-gt" ? one > sought : one >= sought;
  };
}

/**
 * Implements -like. The wildcard is supported only at the end; the documentation does not promise other positions.
 *
 * @see the reference of Get-Recipient -Filter
 */
function likeness(property: string, value: Operand): (found: Json) => boolean {
  if (typeof value !== "string") throw new OpathError(`-like needs a text to compare ${property} with.`);
  const sought = value.toLowerCase();
  const first = sought.indexOf("*");
  if (first !== -1 && first !== sought.length - 1) {
    throw new OpathError(`The wildcard of -like '${value}' is supported at the end of the value only.`);
  }
  const start = first === -1 ? null : sought.slice(0, -1);
  return (found) => {
    const text = typeof found === "string" ? found.toLowerCase() : "";
    return text !== "" && (start === null ? text === sought : text.startsWith(start));
  };
}

function withoutPrefix(address: string): string {
  return address.replace(/^smtp:/i, "");
}

function comparable(value: Json): string | number | null {
  if (value === null || value === "") return null;
  if (typeof value === "number") return value;
  const text = (typeof value === "string" ? value : JSON.stringify(value)).toLowerCase();
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? text : time;
}
