/** What an expression may hold while it is evaluated: the part of CEL that contacts need. */
export type Value = string | boolean | bigint | readonly Value[] | ReadonlyMap<Value, Value> | Attributes;

/** `person.attributes` and its like: what is not there is "", as everything absent of a person. */
export type Attributes = Readonly<Record<string, string>>;

/** An operation that a value does not allow, without a place: the caller knows where it stands. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

/** No text that is worked out may be longer, in UTF-16 code units. */
const longestText = 64 * 1024;

/** @throws {ValueError} when it is no text */
export function text(value: Value | undefined): string {
  if (typeof value === "string") return value;
  throw new ValueError(`Text is needed here, and this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is neither true nor false */
export function truth(value: Value | undefined): boolean {
  if (typeof value === "boolean") return value;
  throw new ValueError(`True or false is needed here, and this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is no number */
export function whole(value: Value | undefined): bigint {
  if (typeof value === "bigint") return value;
  throw new ValueError(`A number is needed here, and this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is no list */
export function list(value: Value | undefined): readonly Value[] {
  if (isList(value)) return value;
  throw new ValueError(`A list is needed here, and this is ${nameOfKind(value)}.`);
}

/** A list of nothing but text. @throws {ValueError} when it is something else */
export function texts(value: Value | undefined): readonly string[] {
  return list(value).map(text);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether it is a map that stands in the expression; the attributes of a person are none. */
export function isMap(value: Value | undefined): value is ReadonlyMap<Value, Value> {
  return value instanceof Map;
}

/** A position in a text or list. @throws {ValueError} when it is outside of 0 to `most` */
export function position(value: Value | undefined, most: number): number {
  const at = whole(value);
  if (at >= 0n && at <= BigInt(most)) return Number(at);
  throw new ValueError(`The position ${at} is outside of 0 to ${most}.`);
}

/** @throws {ValueError} when a text of this length is longer than any contact can hold */
export function allowLength(length: number): void {
  if (length > longestText) throw new ValueError(`The text becomes longer than ${longestText} characters.`);
}

/** The entries that a map has. */
export function entriesOf(map: ReadonlyMap<Value, Value> | Attributes): ReadonlyMap<Value, Value> {
  return isMap(map) ? map : new Map<Value, Value>(Object.entries(map));
}

export function sizeOfMap(map: ReadonlyMap<Value, Value> | Attributes): number {
  return isMap(map) ? map.size : Object.keys(map).length;
}

function nameOfKind(value: Value | undefined): string {
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "bigint") return "a number";
  return isList(value) ? "a list" : "a map";
}
