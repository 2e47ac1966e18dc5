import { createEachOnce, pagesWithoutNews } from "../http/each-once.ts";
import type { GraphGet, GraphReader } from "../http/graph/graph.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import type { Reading } from "./directory-error.ts";

/**
 * The objects of a collection in the directory, page by page, each id once. Complete, or it throws.
 *
 * @throws {DirectoryError} when Graph failed, or gave something that is no answer to the question
 * @throws the signal's reason when it is aborted
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
    summary: "Graph gave an answer that cannot be used",
    detail: `Among the ${reading.what} was one without an id, so that it is not known whether all were read. Run again.`,
    place: reading.place,
  });
}

function endless(reading: Reading): DirectoryError {
  return new DirectoryError({
    code: "graph-answer-endless",
    summary: "Graph did not come to an end",
    detail: `While ${reading.what} were read, ${pagesWithoutNews} pages in a row brought nothing new, as if the pages went round in a circle. Run again later.`,
    place: reading.place,
  });
}
