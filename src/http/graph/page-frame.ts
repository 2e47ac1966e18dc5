/** What is around the items of a page. */
export interface Frame {
  /** What the page says besides its items. */
  readonly envelope: object;
  /** The brace that opens the first item. */
  readonly from: number;
  /** The brace that closes the last. */
  readonly to: number;
}

const text = String.raw`"(?:[^"\\\x00-\x1f\x80-\xff]|\\.)*"`;
const opening = new RegExp(
  String.raw`^\{(?:"@odata\.[a-zA-Z.]+":(?:${text}|\d+),)*"value":\[(?=\{"@odata\.etag":)`,
);
const closing = new RegExp(String.raw`^\}\](?:,"@odata\.[a-zA-Z.]+":(?:${text}|\d+))*\}$`);
/** In bytes; a nextLink is the longest of what stands there. */
const longest = 20_000;

/** Null for a page that has no items, or is not written as the service writes one. */
export function frameOf(page: Buffer): Frame | null {
  const head = opening.exec(page.toString("latin1", 0, longest))?.[0];
  if (head === undefined) return null;
  const lastStart = Math.max(0, page.length - longest);
  const last = page.toString("latin1", lastStart);
  // Between quotes there is no quote, so that this is found nowhere else than where an array of objects ends.
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
