import { diffArrays } from "diff";
import type { Paint } from "./color.ts";
import { harmless } from "./harmless.ts";

/** With more differing words than this, showing both texts is clearer than a diff. */
const maxEdits = 60;
/** Characters of unchanged text shown on either side of a difference. */
const context = 24;

/**
 * Merges two long texts into one, with `[-removed-]` and `{+added+}` words. Unchanged text is shortened to the context
 * of the differences.
 *
 * @returns null when the texts have too little in common
 */
export function wordDiff(before: string, after: string, paint: Paint): string | null {
  const parts = wordParts(before, after);
  if (parts === null) return null;
  return parts
    .map(({ value, added, removed }, index) => {
      if (removed) return paint(`[-${escaped(clipped(value, 200))}-]`, "red");
      if (added) return paint(`{+${escaped(clipped(value, 200))}+}`, "green");
      return escaped(around(value, index === 0, index === parts.length - 1));
    })
    .join("");
}

/** A run of words in both texts or in one of them. */
export interface WordPart {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** Splits two texts into removed, added and unchanged parts; null when they have too little in common. */
export function wordParts(before: string, after: string): readonly WordPart[] | null {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: maxEdits });
  if (changes === undefined) return null;
  const parts = changes.map(({ value, added, removed }) => ({ value: value.join(""), added, removed }));
  const kept = parts.filter((part) => !part.added && !part.removed);
  if (kept.reduce((sum, part) => sum + part.value.length, 0) * 3 < before.length) return null;
  return parts;
}

/** Shortens text to `length` characters, none of them cut in half, and appends the number of omitted characters. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters.slice(0, length).join("")}… (${characters.length - length} more characters)`;
}

/** Splits text into words of any script, runs of white space, and single other characters. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|[^]/gu) ?? [];
}

function around(text: string, isFirst: boolean, isLast: boolean): string {
  const characters = Array.from(text);
  const head = isFirst ? 0 : context;
  const tail = isLast ? 0 : context;
  if (characters.length <= head + tail + context) return text;
  const start = characters.slice(0, head).join("").replace(/\S*$/u, "");
  const end = characters
    .slice(characters.length - tail)
    .join("")
    .replace(/^\S*/u, "");
  return `${start}…${end}`;
}

function escaped(text: string): string {
  return harmless(text.replaceAll(/["\\]/gu, String.raw`\$&`));
}
