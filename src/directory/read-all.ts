import type { GraphGet, GraphReader } from "../http/graph/graph.ts";
import { DirectoryError, explainFailure } from "./directory-error.ts";
import type { Reading } from "./directory-error.ts";

/** Pages in a row without anything new after which the answer is taken for a circle of nextLinks. */
const patience = 100;

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
  const seen = new Set<string>();
  let nothingNew = 0;
  try {
    for await (const page of graph.pages<Item>({ ...request, lane: "directory" }, signal)) {
      const fresh = page.filter((item) => isNew(item, seen, reading));
      nothingNew = fresh.length === 0 ? nothingNew + 1 : 0;
      if (nothingNew >= patience) throw endless(reading);
      if (fresh.length > 0) yield fresh;
    }
  } catch (error) {
    throw explainFailure(error, reading);
  }
}

function isNew(item: { readonly id: string }, seen: Set<string>, reading: Reading): boolean {
  if (typeof item?.id !== "string" || item.id === "") {
    throw new DirectoryError({
      code: "graph-answer-damaged",
      summary: "Graph gave an answer that cannot be used",
      detail: `Among the ${reading.what} was one without an id, so that it is not known whether all were read. Run again.`,
      place: reading.place,
    });
  }
  if (seen.has(item.id)) return false;
  seen.add(item.id);
  return true;
}

function endless(reading: Reading): DirectoryError {
  return new DirectoryError({
    code: "graph-answer-endless",
    summary: "Graph did not come to an end",
    detail: `While ${reading.what} were read, ${patience} pages in a row brought nothing new, as if the pages went round in a circle. Run again later.`,
    place: reading.place,
  });
}
