import type { Callable } from "./callable.ts";
import { reading, rewriting, searching } from "./counted.ts";
import { allowLength, position, text, texts, whole } from "./value.ts";
import type { Value } from "./value.ts";

/**
 * Methods of texts and of lists of texts, by name and number of arguments: those of CEL and of its string extension.
 * Positions count characters (code points), so that no character is ever cut in half. Methods that the CEL library
 * declares are implemented here too, so that their steps are counted.
 *
 * @see https://github.com/google/cel-go/blob/master/ext/README.md#strings
 */
export const textMethods: readonly (readonly [string, Callable])[] = [
  ["startsWith/1", reading(([value, start]) => text(value).startsWith(text(start)))],
  ["endsWith/1", reading(([value, end]) => text(value).endsWith(text(end)))],
  ["contains/1", searching(([value, part]) => text(value).includes(text(part)))],
  ["lowerAscii/0", rewriting(([value]) => text(value).replaceAll(/[A-Z]+/g, (run) => run.toLowerCase()))],
  ["upperAscii/0", rewriting(([value]) => text(value).replaceAll(/[a-z]+/g, (run) => run.toUpperCase()))],
  ["trim/0", reading(([value]) => text(value).trim())],
  ["split/1", searching(([value, by]) => split(text(value), text(by), -1n))],
  ["split/2", searching(([value, by, most]) => split(text(value), text(by), whole(most)))],
  ["join/0", reading(([values]) => join(texts(values), ""))],
  ["join/1", reading(([values, by]) => join(texts(values), text(by)))],
  ["substring/1", rewriting(([value, from]) => substring(text(value), from, undefined))],
  ["substring/2", rewriting(([value, from, to]) => substring(text(value), from, to))],
  ["indexOf/1", searching(([value, part]) => indexOf(text(value), text(part), 0n))],
  ["indexOf/2", searching(([value, part, from]) => indexOf(text(value), text(part), from))],
  ["lastIndexOf/1", searching(([value, part]) => lastIndexOf(text(value), text(part)))],
  ["charAt/1", rewriting(([value, at]) => charAt(text(value), at), ["string.charAt(int): string"])],
  [
    "replace/2",
    searching(
      ([value, part, by]) => replace(text(value), text(part), text(by), -1n),
      ["string.replace(string, string): string"],
    ),
  ],
  [
    "replace/3",
    searching(
      ([value, part, by, most]) => replace(text(value), text(part), text(by), whole(most)),
      ["string.replace(string, string, int): string"],
    ),
  ],
];

/** @param most - maximum number of parts, of which the last contains the rest; negative for no limit */
function split(value: string, by: string, most: bigint): readonly string[] {
  if (most === 0n) return [];
  const parts = by === "" ? Array.from(value) : value.split(by);
  if (most < 0n || BigInt(parts.length) <= most) return parts;
  const rest = Number(most) - 1;
  return [...parts.slice(0, rest), parts.slice(rest).join(by)];
}

function join(values: readonly string[], by: string): string {
  let length = by.length * Math.max(0, values.length - 1);
  for (const value of values) length += value.length;
  allowLength(length);
  return values.join(by);
}

function substring(value: string, from: Value | undefined, to: Value | undefined): string {
  const characters = Array.from(value);
  const end = to === undefined ? characters.length : position(to, characters.length);
  return characters.slice(position(from, end), end).join("");
}

function charAt(value: string, at: Value | undefined): string {
  const characters = Array.from(value);
  return characters[position(at, characters.length)] ?? "";
}

/** Position of the first `part` at or after a position; -1 when there is none. */
function indexOf(value: string, part: string, from: Value | undefined): bigint {
  const characters = Array.from(value);
  const before = characters.slice(0, position(from, characters.length)).join("");
  const at = value.indexOf(part, before.length);
  return at < 0 ? -1n : BigInt(Array.from(value.slice(0, at)).length);
}

function lastIndexOf(value: string, part: string): bigint {
  const at = value.lastIndexOf(part);
  return at < 0 ? -1n : BigInt(Array.from(value.slice(0, at)).length);
}

/** @param most - maximum number of replacements, from the start; negative for all */
function replace(value: string, part: string, by: string, most: bigint): string {
  const parts = part === "" ? ["", ...Array.from(value), ""] : value.split(part);
  const times = most < 0n ? parts.length - 1 : Math.min(parts.length - 1, Number(most));
  allowLength(value.length + times * (by.length - part.length));
  return (
    parts.slice(0, times + 1).join(by) +
    parts
      .slice(times + 1)
      .map((rest) => part + rest)
      .join("")
  );
}
