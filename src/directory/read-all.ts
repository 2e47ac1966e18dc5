import { createEachOnce, pagesWithoutNews } from "../http/each-once.ts";
import type { GraphGet, GraphReader } from "../http/graph/graph.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import type { Reading } from "./directory-error.ts";

/**
 * Reads a collection of the directory page by page, each object once. Complete, or it throws.
 *
 * @throws {DirectoryError} when Graph failed or returned unusable data
 * @throws the signal's reason when aborted
 */
export async function* readAll<Item extends { readonly id: string }>(
  graph: GraphReader,
  request: Pick<GraphGet, "url" | "headers">,
  reading: Reading,
  signal: AbortSignal,
): AsyncIterable<readonly Item[]> {
  const once = createEachOnce();
  try {
    for await (const page of graph.pages<Item>({ ...request, lane: "directory" }, signal)) {
      for (const item of page) checkId(item, reading);
      const fresh = once.fresh(page);
      if (once.isCircling()) throw endless(reading);
      if (fresh.length > 0) yield fresh;
    }
  } catch (error) {
    throw explainFailure(error, reading);
  }
}

function checkId(item: { readonly id: string }, reading: Reading): void {
  if (typeof item?.id === "string" && item.id !== "") return;
  throw new DirectoryError({
    code: "graph-answer-damaged",
    summary: "Graph sent an answer that cannot be used",
    detail: `One of the ${reading.what} has no id, so galops cannot tell whether all were read. Run again.`,
    place: reading.place,
  });
}

function endless(reading: Reading): DirectoryError {
  return new DirectoryError({
    code: "graph-answer-endless",
    summary: "Graph's answer does not end",
    detail: `While galops read ${reading.what}, ${pagesWithoutNews} pages in a row contained nothing new: the pages seem to repeat endlessly. Run again later.`,
    place: reading.place,
  });
}
