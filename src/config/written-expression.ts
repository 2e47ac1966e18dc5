import { isScalar } from "yaml";
import type { Expression } from "../model/config.ts";
import type { Place } from "../model/diagnostic.ts";
import { excerptOf, findAt, placeAt } from "./config-file.ts";
import type { ConfigFile, Path } from "./config-file.ts";
import { valueOffsets } from "./expression-offsets.ts";
import type { Written } from "./written.ts";

/** An expression with the way from an offset in its text to the place in the file. */
export function writtenExpression(written: Written, path: Path, text: string): Expression {
  const { file, offset: start } = written.find(path);
  const scalar = findAt(file, path)?.value;
  const toFile = (offset: number): number => {
    if (!isScalar(scalar)) return start;
    const offsets = valueOffsets(file.text, scalar);
    return offsets[Math.max(0, Math.min(offset, offsets.length - 1))] ?? start;
  };
  return {
    text,
    locate: (offset): Place => placeAt(file, toFile(offset)),
    excerpt: (offset): string => excerptOf(file, toFile(offset)),
  };
}

/**
 * Whether YAML took the rest of an expression for a comment: a quotation in it is open at its end, and in the file a
 * blank and # follow.
 */
export function cutByComment(file: ConfigFile, path: Path): boolean {
  const scalar = findAt(file, path)?.value;
  if (!isScalar(scalar) || scalar.type !== "PLAIN" || !endsInQuotation(String(scalar.value))) return false;
  return /^[ \t]+#/.test(file.text.slice(scalar.range?.[1] ?? file.text.length));
}

function endsInQuotation(text: string): boolean {
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === null && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = null;
    else if (quote !== null && character === "\\") at++;
  }
  return quote !== null;
}
