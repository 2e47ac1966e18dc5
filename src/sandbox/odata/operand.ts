import { isObject } from "../tenant/tenant.ts";
import type { Json } from "../tenant/tenant.ts";
import { isCollection, propertyType } from "./edm.ts";
import { FilterSyntaxError } from "./syntax.ts";
import type { FilterNode, LiteralType } from "./syntax.ts";

/** Values of lambda variables while a filter is evaluated. */
export type Scope = Readonly<Record<string, Json>>;
export type Evaluate<Item> = (item: Item, scope: Scope) => Json;

/** A property, a part of one, or a variable of a lambda. */
export interface Operand<Item> {
  readonly type: string;
  /** `displayName`, `assignedLicenses/$count`, `emailAddresses/any/address`. */
  readonly path: string;
  readonly value: Evaluate<Item>;
}

/**
 * Follows the remaining segments of a path.
 *
 * @throws {FilterSyntaxError} when there is no such part
 */
export function along<Item>(operand: Operand<Item>, segments: readonly string[]): Operand<Item> {
  const [step, ...rest] = segments;
  if (step === undefined) return operand;
  const { type, value, path } = operand;
  if (step === "$count" && isCollection(type)) {
    const count: Evaluate<Item> = (item, scope) => {
      const items = value(item, scope);
      return Array.isArray(items) ? items.length : 0;
    };
    return along({ type: "Int32", path: `${path}/$count`, value: count }, rest);
  }
  const inner = propertyType(type, step);
  if (inner === null) throw noProperty(step, type);
  const part: Evaluate<Item> = (item, scope) => {
    const whole = value(item, scope);
    return isObject(whole) ? (whole[step] ?? null) : null;
  };
  return along({ type: inner, path: `${path}/${step}`, value: part }, rest);
}

/**
 * The value of a literal, to compare with an operand of a type; text in lower case.
 *
 * @throws {FilterSyntaxError} when it is not a literal, or of another type
 */
export function literalOf(node: FilterNode, type: string): Json {
  if (node.kind !== "literal") throw new FilterSyntaxError("A property can only be compared with a value.");
  if (node.type !== "null" && !fits(node.type, type)) throw incompatible(type, node.type);
  return typeof node.value === "string" ? node.value.toLowerCase() : node.value;
}

function fits(literal: LiteralType, type: string): boolean {
  return literal === type || (literal === "String" && type === "Guid");
}

export function incompatible(left: string, right: string): FilterSyntaxError {
  return new FilterSyntaxError(
    `A binary operator with incompatible types was detected. Found operand types 'Edm.${left}' and 'Edm.${right}'.`,
  );
}

export function noProperty(name: string, type: string): FilterSyntaxError {
  return new FilterSyntaxError(
    `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
  );
}
