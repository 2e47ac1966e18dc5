import { failureWithout } from "./graph-errors.ts";
import type { Answer } from "./send.ts";

/**
 * Follows the nextLinks of a collection, which are opaque, and yields the items page by page. Complete, or it throws.
 *
 * @param fetchPage - gets the page at the first URL or at an unchanged nextLink
 * @throws {GraphError} from `fetchPage`, and for a malformed page
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
      const message = "A page of a collection has an unusable link to the next page.";
      throw failureWithout({ code: "malformed-answer", message, sent: false }, asked, { status, requestId });
    }
    yield page.value as readonly Item[]; // the caller knows what it asked for
    url = next;
  }
}

/** Whether a nextLink is an absolute URL that was not visited yet: a circle would never end. */
function isLink(next: unknown, visited: ReadonlySet<string>): next is string {
  return typeof next === "string" && !visited.has(next) && URL.canParse(next);
}
