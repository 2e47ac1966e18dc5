import { isObject } from "../tenant/tenant.ts";
import type { Json } from "../tenant/tenant.ts";
import { complexTypes, entityTypes, enumTypes, navigation } from "./graph-types.gen.ts";

/** Graph's types, looked up by name. `T[]` is a collection of T; primitive types are named without `Edm.`. */

export type EntityName = keyof typeof entityTypes;

type PropertyTypes = Readonly<Record<string, string>>;
const entities: Readonly<Record<string, PropertyTypes>> = entityTypes;
const complex: Readonly<Record<string, PropertyTypes>> = complexTypes;
const enums: Readonly<Record<string, readonly string[]>> = enumTypes;
const links: Readonly<Record<string, Readonly<Record<string, object>> | readonly string[]>> = navigation;

/** The names of an entity's properties, in Graph's order. */
export function propertyNames(entity: EntityName): readonly string[] {
  return Object.keys(entityTypes[entity]);
}

/** The type of a property of an entity or complex type; null when there is no such property. */
export function propertyType(owner: string, property: string): string | null {
  const properties = entities[owner] ?? complex[owner] ?? {};
  return Object.hasOwn(properties, property) ? (properties[property] ?? null) : null;
}

/** Whether an entity has a navigation property with that name. */
export function isNavigation(entity: EntityName, name: string): boolean {
  const names = links[entity];
  return Array.isArray(names) && names.includes(name);
}

export function isCollection(type: string): boolean {
  return type.endsWith("[]");
}

export function elementType(type: string): string {
  return type.endsWith("[]") ? type.slice(0, -2) : type;
}

/** A problem in a value, with its path. */
export interface ValueProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Checks a value against its type and returns the first problem; null when it fits. Null fits every type. */
export function valueProblem(type: string, value: Json): ValueProblem | null {
  if (value === null) return null;
  if (isCollection(type)) return collectionProblem(type, value);
  const properties = entities[type] ?? complex[type];
  if (properties !== undefined) return objectProblem(type, value);
  const members = enums[type];
  if (members !== undefined)
    return wrongUnless(typeof value === "string" && members.includes(value), type, value);
  const check = primitives[type];
  if (check === undefined) return wrongType(type, value);
  return wrongUnless(check(value), type, value);
}

function collectionProblem(type: string, value: Json): ValueProblem | null {
  if (!Array.isArray(value)) return wrongType(type, value);
  for (const [index, item] of (value as readonly Json[]).entries()) {
    const problem =
      item === null ? wrongType(elementType(type), item) : valueProblem(elementType(type), item);
    if (problem !== null) return { ...problem, path: [index, ...problem.path] };
  }
  return null;
}

function objectProblem(type: string, value: Json): ValueProblem | null {
  if (!isObject(value)) return wrongType(type, value);
  for (const [name, item] of Object.entries(value)) {
    const declared = propertyType(type, name);
    if (declared === null) return unknownProperty(type, name);
    const problem = valueProblem(declared, item);
    if (problem !== null) return { ...problem, path: [name, ...problem.path] };
  }
  return null;
}

function unknownProperty(type: string, name: string): ValueProblem {
  const message = `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type.`;
  return { path: [name], message };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

const primitives: Readonly<Record<string, (value: Json) => boolean>> = {
  String: (value) => typeof value === "string",
  Boolean: (value) => typeof value === "boolean",
  Int32: (value) => typeof value === "number" && Number.isInteger(value),
  Guid: (value) => typeof value === "string" && guid.test(value),
  DateTimeOffset: (value) =>
    typeof value === "string" && instant.test(value) && !Number.isNaN(Date.parse(value)),
};

function wrongUnless(fits: boolean, type: string, value: Json): ValueProblem | null {
  return fits ? null : wrongType(type, value);
}

function wrongType(type: string, value: Json): ValueProblem {
  const found = Array.isArray(value)
    ? "a collection"
    : value === null
      ? "null"
      : `a value of type ${typeof value}`;
  const wanted = isCollection(type) ? `a collection of ${elementType(type)}` : type;
  const message = `Cannot convert ${found} to the expected type '${wanted}'.`;
  return { path: [], message };
}
