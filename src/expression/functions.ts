import anyAscii from "any-ascii";
import type { Callable } from "./callable.ts";
import { reading, rewriting } from "./counted.ts";
import { e164 } from "./e164.ts";
import type { Machine } from "./machine.ts";
import { globPattern } from "./pattern.ts";
import { textMethods } from "./text-methods.ts";
import { allowLength, isList, sizeOfMap, text, texts, ValueError } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Functions by name and number of arguments. No others can be called: the library's remaining functions (times, bytes)
 * are of no use for contacts, and some depend on the machine's time zone.
 */
export const functions: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ["size/1", rewriting(([value]) => size(value))],
  ["string/1", { declares: [], run: ([value]) => written(value) }],
  ["int/1", { declares: [], run: ([value]) => parsed(value) }],
  ["dyn/1", { declares: [], run: ([value]) => value ?? "" }],
  ["matches/2", reading(matches, ["matches(string, string): bool"])],
  ["glob/2", rewriting(glob, ["glob(string, string): bool"])],
  ["e164/2", reading(phone, ["e164(string, string): string"])],
  ["domain/1", rewriting(([address]) => domain(text(address)), ["domain(string): string"])],
  ["ascii/1", rewriting(([value]) => ascii(text(value)), ["ascii(string): string"])],
  [
    "firstNonEmpty/1",
    reading(([values]) => firstNonEmpty(texts(values)), ["firstNonEmpty(list<string>): string"]),
  ],
]);

/** Methods by name and number of arguments, not counting the receiver. */
export const methods: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ["size/0", rewriting(([value]) => size(value))],
  ["matches/1", reading(matches)],
  ...textMethods,
]);

// libphonenumber takes about the same time for any text.
const phoneSteps = 200;

function size(value: Value | undefined): bigint {
  if (typeof value === "string") return BigInt(Array.from(value).length);
  if (isList(value)) return BigInt(value.length);
  if (typeof value === "object") return BigInt(sizeOfMap(value));
  throw new ValueError("Only text, lists and maps have a size.");
}

function written(value: Value | undefined): string {
  if (typeof value === "object") throw new ValueError("A list or map cannot be written as text.");
  return String(value);
}

function parsed(value: Value | undefined): bigint {
  if (typeof value === "bigint") return value;
  const number = text(value);
  if (!/^[+-]?\d{1,18}$/.test(number)) throw new ValueError("The text is not a whole number.");
  return BigInt(number.replace(/^\+/, ""));
}

function matches([value, source]: readonly Value[], machine: Machine): boolean {
  return found(text(value), text(source), machine);
}

function glob([value, pattern]: readonly Value[], machine: Machine): boolean {
  return found(text(value), globPattern(text(pattern)), machine);
}

function found(value: string, source: string, machine: Machine): boolean {
  const pattern = machine.pattern(source);
  machine.spend(1 + Math.ceil((pattern.size * value.length) / 32));
  return pattern.found(value);
}

function phone([number, region]: readonly Value[], machine: Machine): string {
  machine.spend(phoneSteps);
  return e164(text(number), text(region));
}

/** The part of a mail address after the last `@`, in lower case; "" when there is none. */
function domain(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0
    ? ""
    : address
        .slice(at + 1)
        .trim()
        .toLowerCase();
}

function ascii(value: string): string {
  // Compose first, because the table has letters with marks, but no marks alone.
  const plain = anyAscii(value.normalize("NFC"));
  allowLength(plain.length);
  return plain;
}

function firstNonEmpty(values: readonly string[]): string {
  return values.find((value) => value.trim() !== "") ?? "";
}
