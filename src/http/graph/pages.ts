import { failureWithout } from "./graph-errors.ts";
import type { Answer } from "./send.ts";

/**
 * The items of a collection, page by page, along its nextLinks, which are opaque. Complete, or it throws.
 *
 * @param fetchPage - gets one page; its URL is the first one or a nextLink as it came
 * @throws {GraphError} of `fetchPage`, and where a page is none
 */
export async function* pagesOf<Item>(
  firstUrl: string,
  fetchPage: (url: string) => Promise<Answer>,
): AsyncIterable<readonly Item[]> {
  const visited = new Set<string>();
  for (let url: string | null = firstUrl; url !== null;) {
    visited.add(url);
    const { body, status, headers } = await fetchPage(url);
    const asked = { method: "GET", url };
    const requestId = headers.get("request-id") ?? "";
    const page = body as { readonly value?: unknown; readonly "@odata.nextLink"?: unknown } | null; // checked below
    if (!Array.isArray(page?.value)) {
      const message = "A page of a collection has no items.";
      throw failureWithout({ code: "malformed-answer", message, sent: false }, asked, { status, requestId });
    }
    const next: unknown = page["@odata.nextLink"] ?? null;
    if (next !== null && !isLink(next, visited)) {
      const message = "A page of a collection names no usable next page.";
      throw failureWithout({ code: "malformed-answer", message, sent: false }, asked, { status, requestId });
    }
    yield page.value as readonly Item[]; // the caller says what it asked for
    url = next;
  }
}

/** An absolute URL to where nobody was yet: a circle would never end. */
function isLink(next: unknown, visited: ReadonlySet<string>): next is string {
  return typeof next === "string" && !visited.has(next) && URL.canParse(next);
}
