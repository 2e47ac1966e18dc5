/** The parts of a page around its items. */
export interface Frame {
  /** The members of the page other than its items. */
  readonly envelope: object;
  /** Position of the brace that opens the first item. */
  readonly from: number;
  /** Position of the brace that closes the last item. */
  readonly to: number;
}

const text = String.raw`"(?:[^"\\\x00-\x1f\x80-\xff]|\\.)*"`;
const opening = new RegExp(
  String.raw`^\{(?:"@odata\.[a-zA-Z.]+":(?:${text}|\d+),)*"value":\[(?=\{"@odata\.etag":)`,
);
const closing = new RegExp(String.raw`^\}\](?:,"@odata\.[a-zA-Z.]+":(?:${text}|\d+))*\}$`);
/** In bytes; most of it may be a nextLink. */
const longest = 20_000;

/**
 * Finds the frame of a page.
 *
 * @returns null when the page has no items or is not written the way the service writes pages
 */
export function frameOf(page: Buffer): Frame | null {
  const head = opening.exec(page.toString("latin1", 0, longest))?.[0];
  if (head === undefined) return null;
  const lastStart = Math.max(0, page.length - longest);
  const last = page.toString("latin1", lastStart);
  // A JSON string has no bare quote inside, so this pattern occurs only where an array of objects ends.
  const end = last.endsWith("}]}") ? last.length - "}]}".length : last.lastIndexOf('}],"@odata.');
  const tail = last.slice(end);
  const to = lastStart + end;
  if (end === -1 || to < head.length || !closing.test(tail)) return null;
  try {
    return { envelope: JSON.parse(`${head}${tail.slice(1)}`) as object, from: head.length, to };
  } catch {
    return null;
  }
}
