import { OpathError, tokenize } from "./tokens.ts";
import type { Operand, Token } from "./tokens.ts";

export const comparisons = ["-eq", "-ne", "-like", "-lt", "-le", "-gt", "-ge"] as const;
export type Comparison = (typeof comparisons)[number];

/** A filter as a tree. */
export type OpathNode =
  | { readonly kind: "logic"; readonly operator: "-and" | "-or"; readonly operands: readonly OpathNode[] }
  | { readonly kind: "not"; readonly operand: OpathNode }
  | {
      readonly kind: "compare";
      readonly property: string;
      readonly operator: Comparison;
      readonly value: Operand;
    };

/** Deeper than any filter needs; a recursive parser needs a limit. */
const deepest = 100;

/** @throws {OpathError} */
export function parseOpath(filter: string): OpathNode {
  const tokens = tokenize(filter);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] ?? { kind: "end" };
  const fail = (): OpathError => new OpathError(`Invalid filter syntax in "${filter}".`);

  function takes(operator: string): boolean {
    const token = peek();
    if (token.kind !== "operator" || token.text !== operator) return false;
    at++;
    return true;
  }

  function joined(operator: "-and" | "-or", part: () => OpathNode): OpathNode {
    const first = part();
    const operands = [first];
    while (takes(operator)) operands.push(part());
    return operands.length === 1 ? first : { kind: "logic", operator, operands };
  }

  const condition = (): OpathNode => joined("-or", () => joined("-and", unary));

  function unary(): OpathNode {
    if (++depth > deepest) throw new OpathError("The filter is nested too deeply.");
    const node = takes("-not") ? ({ kind: "not", operand: unary() } as const) : primary();
    depth--;
    return node;
  }

  function primary(): OpathNode {
    if (peek().kind !== "(") return comparison();
    at++;
    const inner = condition();
    if (peek().kind !== ")") throw fail();
    at++;
    return inner;
  }

  function comparison(): OpathNode {
    const [property, operator, value] = [tokens[at], tokens[at + 1], tokens[at + 2]];
    if (property?.kind !== "name" || operator?.kind !== "operator" || value?.kind !== "value") throw fail();
    const known = comparisons.find((one) => one === operator.text);
    if (known === undefined) throw fail();
    at += 3;
    return { kind: "compare", property: property.text, operator: known, value: value.value };
  }

  const tree = condition();
  if (peek().kind !== "end") throw fail();
  return tree;
}
