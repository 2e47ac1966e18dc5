import type { ServiceProperties } from "../model/contact.ts";

/**
 * A parsed line, whose parts are read by name and checked. The file may have been changed by anyone, so nothing in it
 * is trusted.
 */
export type Shape = Readonly<Record<string, unknown>>;

/** Thrown when a part does not follow the format; the message names the part. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

export function shape(value: unknown, what: string): Shape {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(what, "an object");
  // JSON.parse returns only objects with string keys.
  return value as Shape;
}

export function text(of: Shape, name: string): string {
  const value = of[name];
  if (typeof value !== "string") throw wrong(name, "a text");
  return value;
}

export function textOrNull(of: Shape, name: string): string | null {
  return of[name] === null ? null : text(of, name);
}

export function flag(of: Shape, name: string): boolean {
  const value = of[name];
  if (typeof value !== "boolean") throw wrong(name, "true or false");
  return value;
}

/** An integer, 0 or more. */
export function count(of: Shape, name: string): number {
  const value = of[name];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw wrong(name, "a count");
  return value;
}

export function countOrNull(of: Shape, name: string): number | null {
  return of[name] === null ? null : count(of, name);
}

export function list(of: Shape, name: string): readonly unknown[] {
  const value = of[name];
  if (!Array.isArray(value)) throw wrong(name, "a list");
  return value;
}

export function texts(of: Shape, name: string): readonly string[] {
  const items = list(of, name);
  if (!items.every((item) => typeof item === "string")) throw wrong(name, "a list of text");
  return items;
}

export function textMap(of: Shape, name: string): Readonly<Record<string, string>> {
  const map = shape(of[name], name);
  return Object.fromEntries(Object.keys(map).map((key) => [key, text(map, key)]));
}

export function serviceProperties(of: Shape, name: string): ServiceProperties {
  const map = shape(of[name], name);
  return Object.fromEntries(
    Object.keys(map).map((key) => {
      const value = map[key];
      if (typeof value === "boolean") return [key, value];
      return [key, Array.isArray(value) ? texts(map, key) : text(map, key)];
    }),
  );
}

export function oneOf<Value extends string>(of: Shape, name: string, values: readonly Value[]): Value {
  const value = values.find((known) => known === of[name]);
  if (value === undefined) throw wrong(name, values.join(" or "));
  return value;
}

/** Applies `read`; null stays null. */
export function orNull<Value>(value: unknown, what: string, read: (of: Shape) => Value): Value | null {
  return value === null ? null : read(shape(value, what));
}

export function wrong(what: string, expected: string): ShapeError {
  return new ShapeError(`${what} must be ${expected}`);
}
