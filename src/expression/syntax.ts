import type { ASTNode } from "@marcbachmann/cel-js";

export type MethodCall = Extract<ASTNode, { op: "rcall" }>;

/** A macro such as `list.map(name, filter, body)`, or `cel.bind(name, value, body)`. */
export interface Macro {
  readonly kind: "all" | "exists" | "exists_one" | "filter" | "map" | "bind";
  /** The list or map to loop over; for `bind`, the value. */
  readonly over: ASTNode;
  /** The name that is bound inside `filter` and `body`. */
  readonly name: Extract<ASTNode, { op: "id" }>;
  /** The second of three arguments of `map`. */
  readonly filter: ASTNode | null;
  readonly body: ASTNode;
}

const macroNames = new Map<string, Macro["kind"]>(
  (["all", "exists", "exists_one", "filter", "map", "bind"] as const).map((kind) => [kind, kind]),
);

/** Recognizes a call of a macro; null for other methods. */
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

/** The direct parts of a node, in the order of the text. */
export function childrenOf({ args }: ASTNode): readonly ASTNode[] {
  // `args` also contains names and literals; for methods it contains a list, for maps pairs.
  const all: readonly unknown[] = Array.isArray(args) ? args.flat() : [args];
  return all.filter((part) => isNode(part));
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === "object" && part !== null && "op" in part;
}

/** Number of nodes of an expression, including itself. */
export function sizeOf(node: ASTNode): number {
  return childrenOf(node).reduce((sum, child) => sum + sizeOf(child), 1);
}
