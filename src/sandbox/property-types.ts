import { complexTypes, entityTypes } from "./graph-types.gen.ts";
import { Refusal } from "./replies.ts";

type EntityName = keyof typeof entityTypes;
type Types = Readonly<Record<string, string>>;

/** Whether the entity has the property in Graph's metadata. */
export function hasProperty(entity: EntityName, property: string): boolean {
  return Object.hasOwn(entityTypes[entity], property);
}

/** Every property of an entity with its type; "[]" marks a collection. */
export function propertiesOf(entity: EntityName): Types {
  return entityTypes[entity];
}

/** @throws {Refusal} when a body has a property that the entity lacks, or a value of another type */
export function checkBody(entity: EntityName, body: Readonly<Record<string, unknown>>): void {
  for (const [property, value] of Object.entries(body))
    checkProperty(entityTypes[entity], entity, property, value);
}

function checkProperty(types: Types, owner: string, property: string, value: unknown): void {
  const type = types[property];
  if (type === undefined) {
    throw new Refusal(
      400,
      "RequestBodyRead",
      `The property '${property}' does not exist on type 'microsoft.graph.${owner}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (value === null) return;
  const items = type.endsWith("[]") ? value : [value];
  if (!Array.isArray(items) || !items.every((item) => fits(type.replace("[]", ""), item))) {
    throw new Refusal(
      400,
      "RequestBodyRead",
      `Cannot convert the value of '${property}' to the expected type '${type}'.`,
    );
  }
}

function fits(type: string, value: unknown): boolean {
  if (type === "String") return typeof value === "string";
  if (type === "Boolean") return typeof value === "boolean";
  if (type === "Int32") return Number.isInteger(value);
  if (type === "DateTimeOffset") return typeof value === "string" && !Number.isNaN(Date.parse(value));
  if (typeof value !== "object" || value === null) return false;
  const complex = (complexTypes as Readonly<Record<string, Types>>)[type];
  if (complex === undefined) return false;
  for (const [property, part] of Object.entries(value)) checkProperty(complex, type, property, part);
  return true;
}
