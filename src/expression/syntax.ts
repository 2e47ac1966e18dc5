import type { ASTNode } from "@marcbachmann/cel-js";

export type MethodCall = Extract<ASTNode, { op: "rcall" }>;

/** `list.map(name, filter, body)` and the like, or `cel.bind(name, value, body)`. */
export interface Macro {
  readonly kind: "all" | "exists" | "exists_one" | "filter" | "map" | "bind";
  /** What it goes over; of `bind` the value. */
  readonly over: ASTNode;
  /** Where the name stands that it binds inside `filter` and `body`. */
  readonly name: Extract<ASTNode, { op: "id" }>;
  /** The middle part of a `map` with three parts. */
  readonly filter: ASTNode | null;
  readonly body: ASTNode;
}

const macroNames = new Map<string, Macro["kind"]>(
  (["all", "exists", "exists_one", "filter", "map", "bind"] as const).map((kind) => [kind, kind]),
);

/** The macro that a call is; null for other methods. */
export function macroOf(node: MethodCall): Macro | null {
  const [method, receiver, args] = node.args;
  const kind = macroNames.get(method);
  const [name, second] = args;
  const body = args.at(-1);
  if (kind === undefined || name?.op !== "id" || second === undefined || body === undefined) return null;
  const isLong = args.length === 3;
  if (kind === "bind") {
    const isBind = isLong && receiver.op === "id" && receiver.args === "cel";
    return isBind ? { kind, over: second, name, filter: null, body } : null;
  }
  if (args.length > 3 || (isLong && kind !== "map")) return null;
  return { kind, over: receiver, name, filter: isLong ? second : null, body };
}

/** The parts that a part of an expression is made of, as they are written. */
export function childrenOf({ args }: ASTNode): readonly ASTNode[] {
  // Beside nodes there are names and literals; methods have a list in the list, maps pairs.
  const all: readonly unknown[] = Array.isArray(args) ? args.flat() : [args];
  return all.filter((part) => isNode(part));
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === "object" && part !== null && "op" in part;
}

/** How many parts an expression has, itself counted. */
export function sizeOf(node: ASTNode): number {
  return childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1);
}
