import { isNode, isScalar } from "yaml";
import type { Node, Pair, Scalar, YAMLMap } from "yaml";

/** A text between braces that commas within its parentheses or quotations have split into several pairs. */
interface SplitValue {
  /** As far as YAML took it. */
  readonly value: Scalar;
  /** What YAML made of the rest. */
  readonly rest: readonly Pair[];
  /** Offset of the first comma. */
  readonly comma: number;
}

/** No expression has more: where many are open and none is closed, not all of the map is looked at for each. */
const mostCommas = 20;

/** @param source - of the file */
export function splitValues(source: string, map: YAMLMap): readonly SplitValue[] {
  if (map.flow !== true) return [];
  const found: SplitValue[] = [];
  for (let index = 0; index < map.items.length; index++) {
    const value: unknown = map.items[index]?.value;
    if (!isScalar(value) || value.type !== "PLAIN" || !value.range) continue;
    const [start, end] = value.range;
    if (!isOpen(source.slice(start, end))) continue;
    const rest = map.items.slice(index + 1, index + 1 + mostCommas);
    const last = rest.findIndex((pair) => !isOpen(source.slice(start, endOf(pair))));
    // One that nothing closes is a mistake of its own.
    if (last < 0) continue;
    found.push({ value, rest: rest.slice(0, last + 1), comma: source.indexOf(",", end) });
    index += last + 1;
  }
  return found;
}

function endOf({ key, value }: Pair): number {
  const node: Node | null = isNode(value) ? value : isNode(key) ? key : null;
  return node?.range?.[1] ?? 0;
}

/** Whether a parenthesis or a quotation of an expression is not closed. */
function isOpen(text: string): boolean {
  let depth = 0;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== null) {
      if (character === "\\") at++;
      else if (character === quote) quote = null;
    } else if (character === '"' || (character === "'" && !/\w/.test(text.charAt(at - 1)))) {
      // An apostrophe within a word is none.
      quote = character;
    } else if (character === "(") depth++;
    else if (character === ")") depth--;
  }
  return depth > 0 || quote !== null;
}
