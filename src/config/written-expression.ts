import { isScalar } from "yaml";
import type { Scalar } from "yaml";
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
  let offsets: readonly number[] | null = null;
  const toFile = (offset: number): number => {
    if (!isScalar(scalar)) return start;
    offsets ??= valueOffsets(file.text, scalar);
    return offsets[Math.max(0, Math.min(offset, offsets.length - 1))] ?? start;
  };
  const comment = isScalar(scalar) ? commentBehind(file, scalar) : {};
  return {
    text,
    locate: (offset): Place => placeAt(file, toFile(offset)),
    excerpt: (offset): string => excerptOf(file, toFile(offset)),
    ...comment,
  };
}

/** What a comment in the same line does to a plain text; nothing where there is none. */
function commentBehind(file: ConfigFile, scalar: Scalar): Pick<Expression, "comment"> {
  if (scalar.type !== "PLAIN") return {};
  const behind = file.text.slice(scalar.range?.[1] ?? file.text.length);
  if (!/^[ \t]+#/.test(behind)) return {};
  return { comment: endsInQuotation(String(scalar.value)) ? "cuts" : "follows" };
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
