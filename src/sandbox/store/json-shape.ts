import { isObject } from "../tenant/tenant.ts";
import type { Json, JsonObject } from "../tenant/tenant.ts";

/** Steps from the root of a file to a value in it. */
export type JsonPath = readonly (string | number)[];

/** The file does not describe a valid tenant; `path` leads to the problem. */
export class TenantProblem extends Error {
  override readonly name = "TenantProblem";
  readonly path: JsonPath;

  constructor(path: JsonPath, message: string) {
    super(message);
    this.path = path;
  }
}

// Each function returns the value at a place in the file, or throws a TenantProblem that says what is expected there.

export function objectAt(json: Json, path: JsonPath): JsonObject {
  if (isObject(json)) return json;
  throw new TenantProblem(path, "Expected an object {…} here.");
}

/** An absent list is an empty one. */
export function listAt(object: JsonObject, key: string, path: JsonPath): readonly Json[] {
  const value = object[key] ?? [];
  if (Array.isArray(value)) return value as readonly Json[]; // Array.isArray loses the element type
  throw new TenantProblem([...path, key], "Expected a list […] here.");
}

export function asText(json: Json, path: JsonPath): string {
  if (typeof json === "string") return json;
  throw new TenantProblem(path, 'Expected a text "…" here.');
}

export function textAt(object: JsonObject, key: string, path: JsonPath): string {
  const value = object[key];
  if (typeof value === "string" && value !== "") return value;
  throw new TenantProblem(value === undefined ? path : [...path, key], `"${key}" is missing or is not text.`);
}

export function guidAt(object: JsonObject, key: string, path: JsonPath): string {
  const value = textAt(object, key, path);
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return value;
  throw new TenantProblem([...path, key], `"${key}" must be a GUID in lower case.`);
}

/** An absent number is 0. */
export function countAt(object: JsonObject, key: string, path: JsonPath): number {
  const value = object[key] ?? 0;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TenantProblem([...path, key], `"${key}" must be a whole number.`);
}

export function onlyKeys(object: JsonObject, path: JsonPath, keys: readonly string[]): void {
  const unknown = Object.keys(object).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  throw new TenantProblem(
    [...path, unknown],
    `"${unknown}" is not a known key; expected one of ${keys.join(", ")}.`,
  );
}
