/** A value during evaluation: the part of CEL that contacts need. */
export type Value = string | boolean | bigint | readonly Value[] | ReadonlyMap<Value, Value> | Attributes;

/** `person.attributes` and `person.extensionAttributes`. Missing entries are "", like all absent text of a person. */
export type Attributes = Readonly<Record<string, string>>;

/** Thrown when a value does not allow an operation. The caller adds the place. */
export class ValueError extends Error {
  override readonly name = "ValueError";
}

/** Maximum length of a computed text, in UTF-16 code units. */
const longestText = 64 * 1024;

/** @throws {ValueError} when it is not a text */
export function text(value: Value | undefined): string {
  if (typeof value === "string") return value;
  throw new ValueError(`Text is required here, but this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is neither true nor false */
export function truth(value: Value | undefined): boolean {
  if (typeof value === "boolean") return value;
  throw new ValueError(`True or false is required here, but this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is not a number */
export function whole(value: Value | undefined): bigint {
  if (typeof value === "bigint") return value;
  throw new ValueError(`A number is required here, but this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is not a list */
export function list(value: Value | undefined): readonly Value[] {
  if (isList(value)) return value;
  throw new ValueError(`A list is required here, but this is ${nameOfKind(value)}.`);
}

/** @throws {ValueError} when it is not a list of texts */
export function texts(value: Value | undefined): readonly string[] {
  return list(value).map(text);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether the value is a map written in the expression, in contrast to the attributes of a person. */
export function isMap(value: Value | undefined): value is ReadonlyMap<Value, Value> {
  return value instanceof Map;
}

/** A position in a text or list. @throws {ValueError} when it is not from 0 to `most` */
export function position(value: Value | undefined, most: number): number {
  const at = whole(value);
  if (at >= 0n && at <= BigInt(most)) return Number(at);
  throw new ValueError(`The position ${at} is not from 0 to ${most}.`);
}

/** @throws {ValueError} when a text of this length is longer than any contact can hold */
export function allowLength(length: number): void {
  if (length > longestText) throw new ValueError(`The text would be longer than ${longestText} characters.`);
}

/** Entries of a map. */
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
