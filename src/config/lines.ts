/** Where the lines of a text begin. */
export type LineStarts = readonly number[];

/** The parser's own counter misses lines in files that are broken. */
export function lineStartsOf(text: string): LineStarts {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of an offset, counted from 1. */
export function positionAt(
  starts: LineStarts,
  offset: number,
): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** A line, counted from 1, without what ends it. */
export function lineAt(text: string, starts: LineStarts, line: number): string {
  const start = starts[line - 1] ?? text.length;
  let end = starts[line] ?? text.length;
  if (end > start && text[end - 1] === "\n") end--;
  if (end > start && end < text.length && text[end - 1] === "\r") end--;
  return text.slice(start, end);
}
