import { isAlias, isScalar } from "yaml";
import type { Expression } from "../model/config.ts";
import { excerptAt, placeAt } from "./config-file.ts";
import type { Path } from "./config-file.ts";
import { valueOffsets } from "./expression-offsets.ts";
import type { Written } from "./written.ts";

/** An expression with the way from an offset in its text to the place in the file; null when none is written. */
export function writtenExpression(
  written: Written,
  path: Path,
  text: string | null | undefined,
): Expression | null {
  if (text === null || text === undefined) return null;
  const toFile = (offset: number): { file: ReturnType<Written["find"]>["file"]; at: number } => {
    const { file, offset: start } = written.find(path);
    const found: unknown = file.document.getIn([...path], true);
    const node = isAlias(found) ? found.resolve(file.document) : found;
    if (!isScalar(node)) return { file, at: start };
    const offsets = valueOffsets(file.text, node);
    return { file, at: offsets[Math.min(offset, offsets.length - 1)] ?? start };
  };
  return {
    text,
    locate(offset) {
      const { file, at } = toFile(offset);
      return placeAt(file, at);
    },
    excerpt(offset) {
      const { file, at } = toFile(offset);
      return excerptAt(file, at);
    },
  };
}
