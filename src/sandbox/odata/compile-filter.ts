import type { Json } from "../tenant/tenant.ts";
import { compare, textTests } from "./compare.ts";
import { elementType, isCollection, propertyType } from "./edm.ts";
import { along, incompatible, literalOf, noProperty } from "./operand.ts";
import type { Evaluate, Operand } from "./operand.ts";
import type { FilterNode } from "./syntax.ts";
import { FilterSyntaxError } from "./syntax.ts";

/** A use of a property in a filter, which the service may or may not support. */
export interface Use {
  /** See Operand. */
  readonly path: string;
  /** A comparison, `in`, or a function name in lower case. */
  readonly operator: string;
  readonly againstNull: boolean;
}

export interface FilterRules {
  /** The entity that is filtered. */
  readonly entity: string;
  /** Types of further names that can be filtered by, e.g. navigations. */
  readonly more?: Readonly<Record<string, string>>;
  /** `advanced`: only with ConsistencyLevel and $count. `no`: never. */
  readonly support: (use: Use) => "simple" | "advanced" | "no";
  readonly supportNot: "advanced" | "no";
  /** The path of a case-sensitive text. */
  readonly exact?: string;
}

/** The service does not filter by the property, or not in that way. */
export class FilterRefused extends Error {
  override readonly name = "FilterRefused";
}

export interface CompiledFilter<Item> {
  readonly matches: (item: Item) => boolean;
  readonly advanced: boolean;
}

/** The context while a filter is compiled. */
interface Compilation<Item> {
  readonly rules: FilterRules;
  readonly read: (item: Item, property: string) => Json;
  /** Type and path of the lambda variables in scope. */
  readonly variables: ReadonlyMap<string, Omit<Operand<Item>, "value">>;
  readonly noteAdvanced: () => void;
}

/**
 * Compiles a filter. Text comparison ignores case, as in Graph.
 *
 * @param read - reads a property of an item; null or [] when empty
 * @throws {FilterSyntaxError} for unknown properties and incompatible types
 * @throws {FilterRefused} for filters that the service does not support
 */
export function compileFilter<Item>(
  tree: FilterNode,
  rules: FilterRules,
  read: (item: Item, property: string) => Json,
): CompiledFilter<Item> {
  let advanced = false;
  const noteAdvanced = (): void => void (advanced = true);
  const matches = condition(tree, { rules, read, variables: new Map(), noteAdvanced });
  return { matches: (item) => matches(item, {}) === true, advanced };
}

function condition<Item>(node: FilterNode, by: Compilation<Item>): Evaluate<Item> {
  switch (node.kind) {
    case "logic": {
      const parts = node.operands.map((operand) => condition(operand, by));
      if (node.operator === "and") return (item, scope) => parts.every((part) => part(item, scope) === true);
      return (item, scope) => parts.some((part) => part(item, scope) === true);
    }
    case "not": {
      if (by.rules.supportNot === "no") throw new FilterRefused("not is not supported.");
      by.noteAdvanced();
      const operand = condition(node.operand, by);
      return (item, scope) => operand(item, scope) !== true;
    }
    case "compare":
      return comparison(node, by);
    case "in": {
      const left = operandOf(node.left, by);
      note(by, { path: left.path, operator: "in", againstNull: false });
      const items = node.items.map((option) => literalOf(option, left.type));
      return (item, scope) => items.some((option) => compare("eq", left.value(item, scope), option));
    }
    case "call":
      return call(node, by);
    case "any":
      return any(node, by);
    case "path": {
      const operand = operandOf(node, by);
      if (operand.type !== "Boolean") throw new FilterSyntaxError("The filter is not a condition.");
      note(by, { path: operand.path, operator: "eq", againstNull: false });
      return operand.value;
    }
    case "literal":
      throw new FilterSyntaxError("The filter is not a condition.");
  }
}

function note<Item>({ rules, noteAdvanced }: Compilation<Item>, use: Use): void {
  const support = rules.support(use);
  if (support === "no") throw new FilterRefused(`${use.operator} is not supported on ${use.path}.`);
  if (support === "advanced") noteAdvanced();
}

function comparison<Item>(
  node: Extract<FilterNode, { kind: "compare" }>,
  by: Compilation<Item>,
): Evaluate<Item> {
  const left = operandOf(node.left, by);
  if (isCollection(left.type)) throw new FilterSyntaxError("A collection can only be filtered with any.");
  const right = literalOf(node.right, left.type);
  note(by, { path: left.path, operator: node.operator, againstNull: right === null });
  const { operator } = node;
  if (left.path === by.rules.exact && operator === "eq" && node.right.kind === "literal") {
    const { value } = node.right;
    return (item, scope) => left.value(item, scope) === value;
  }
  return (item, scope) => compare(operator, left.value(item, scope), right);
}

function call<Item>(node: Extract<FilterNode, { kind: "call" }>, by: Compilation<Item>): Evaluate<Item> {
  const test = textTests[node.name];
  const [of, part] = node.args;
  if (test === undefined || of === undefined || part === undefined || node.args.length !== 2) {
    throw new FilterSyntaxError(`An unknown function with name '${node.name}' was found.`);
  }
  const operand = operandOf(of, by);
  const sought = literalOf(part, "String");
  if (operand.type !== "String" || typeof sought !== "string") throw incompatible(operand.type, "String");
  note(by, { path: operand.path, operator: node.name, againstNull: false });
  return (item, scope) => {
    const value = operand.value(item, scope);
    return typeof value === "string" && test(value.toLowerCase(), sought);
  };
}

function any<Item>(node: Extract<FilterNode, { kind: "any" }>, by: Compilation<Item>): Evaluate<Item> {
  const collection = operandOf({ kind: "path", segments: node.collection }, by);
  if (!isCollection(collection.type)) throw new FilterSyntaxError("any needs a collection.");
  const variable = { type: elementType(collection.type), path: `${collection.path}/any` };
  const variables = new Map([...by.variables, [node.variable, variable] as const]);
  const inner = condition(node.condition, { ...by, variables });
  return (item, scope) => {
    const values = collection.value(item, scope);
    if (!Array.isArray(values)) return false;
    return values.some((value: Json) => inner(item, { ...scope, [node.variable]: value }) === true);
  };
}

function operandOf<Item>(node: FilterNode, { rules, read, variables }: Compilation<Item>): Operand<Item> {
  if (node.kind !== "path") throw new FilterSyntaxError("A comparison needs a property on its left side.");
  const [first = "", ...rest] = node.segments;
  const variable = variables.get(first);
  if (variable !== undefined) {
    return along({ ...variable, value: (_, scope) => scope[first] ?? null }, rest);
  }
  const type = rules.more?.[first] ?? propertyType(rules.entity, first);
  if (type === null) throw noProperty(first, rules.entity);
  return along({ type, path: first, value: (item) => read(item, first) }, rest);
}
