import { cursorOver } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { comparisons } from "./syntax.ts";
import type { FilterNode } from "./syntax.ts";

/** @throws {FilterSyntaxError} */
export function parseFilter(text: string): FilterNode {
  const cursor = cursorOver(text);
  const tree = condition(cursor);
  if (cursor.peek().kind !== "end") throw cursor.fail();
  return tree;
}

function condition(cursor: Cursor): FilterNode {
  return cursor.nested(() => joined(cursor, "or", () => joined(cursor, "and", () => unary(cursor))));
}

function joined(cursor: Cursor, operator: "and" | "or", part: () => FilterNode): FilterNode {
  const first = part();
  const operands = [first];
  while (cursor.takeWord([operator]) !== null) operands.push(part());
  return operands.length === 1 ? first : { kind: "logic", operator, operands };
}

function unary(cursor: Cursor): FilterNode {
  if (cursor.takeWord(["not"]) === null) return comparison(cursor);
  return { kind: "not", operand: cursor.nested(() => unary(cursor)) };
}

function comparison(cursor: Cursor): FilterNode {
  const left = primary(cursor);
  if (cursor.takeWord(["in"]) !== null) return { kind: "in", left, items: list(cursor) };
  const operator = cursor.takeWord(comparisons);
  return operator === null ? left : { kind: "compare", operator, left, right: primary(cursor) };
}

function list(cursor: Cursor): readonly FilterNode[] {
  cursor.expectSign("(");
  const items = [primary(cursor)];
  while (cursor.takeSign(",")) items.push(primary(cursor));
  cursor.expectSign(")");
  return items;
}

function primary(cursor: Cursor): FilterNode {
  const token = cursor.peek();
  if (token.kind === "literal") {
    cursor.skip();
    return { kind: "literal", value: token.value, type: token.type };
  }
  if (!cursor.takeSign("(")) return pathOrCall(cursor);
  const node = condition(cursor);
  cursor.expectSign(")");
  return node;
}

function pathOrCall(cursor: Cursor): FilterNode {
  const segments = [cursor.expectName()];
  while (cursor.takeSign("/")) segments.push(cursor.expectName());
  const next = cursor.peek();
  if (next.kind !== "sign" || next.text !== "(") return { kind: "path", segments };
  const name = segments.at(-1)?.toLowerCase() ?? "";
  if (segments.length === 1) return { kind: "call", name, args: list(cursor) };
  if (name !== "any") throw cursor.fail();
  return lambda(cursor, segments.slice(0, -1));
}

function lambda(cursor: Cursor, collection: readonly string[]): FilterNode {
  cursor.expectSign("(");
  const variable = cursor.expectName();
  cursor.expectSign(":");
  const inner = condition(cursor);
  cursor.expectSign(")");
  return { kind: "any", collection, variable, condition: inner };
}
