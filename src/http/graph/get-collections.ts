import { answerAt } from "./answer-at.ts";
import { createEachOnce } from "../each-once.ts";
import { GraphError } from "./graph.ts";
import type { BatchAnswer, GraphGet, GraphReader } from "./graph.ts";

interface Page<Item> {
  readonly value?: readonly Item[];
  readonly "@odata.nextLink"?: string | null;
}

/**
 * Reads several small collections in batches, each item once; results in the order of the requests.
 *
 * A page may be short or even empty and still have a nextLink. Such a collection is read again, page by page, to the
 * end. Each result is complete or an error.
 *
 * @throws {GraphError} when a batch as a whole failed for good
 * @see https://learn.microsoft.com/en-us/graph/paging
 */
export async function getCollections<Item extends { readonly id: string }>(
  graph: GraphReader,
  requests: readonly GraphGet[],
  signal: AbortSignal,
): Promise<readonly BatchAnswer<readonly Item[]>[]> {
  if (requests.length === 0) return [];
  const answers = await graph.getAll<Page<Item> | null>(requests, signal);
  const whole: BatchAnswer<readonly Item[]>[] = [];
  for (const [index, request] of requests.entries()) {
    const answer = answerAt(answers, index);
    whole.push(answer.ok ? await toItsEnd(graph, request, answer, signal) : answer);
  }
  return whole;
}

async function toItsEnd<Item extends { readonly id: string }>(
  graph: GraphReader,
  request: GraphGet,
  first: Extract<BatchAnswer<Page<Item> | null>, { readonly ok: true }>,
  signal: AbortSignal,
): Promise<BatchAnswer<readonly Item[]>> {
  const { value, "@odata.nextLink": next = null } = first.body ?? {};
  if (Array.isArray(value) && next === null) return { ...first, body: value as readonly Item[] }; // the caller's type
  const once = createEachOnce();
  const items: Item[] = [];
  try {
    for await (const page of graph.pages<Item>(request, signal)) {
      items.push(...once.fresh(page));
      if (once.isCircling()) return { ok: false, error: endless(request, first) };
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { ok: false, error };
  }
  return { ...first, body: items };
}

function endless(
  { url }: GraphGet,
  { status, requestId }: { status: number; requestId: string },
): GraphError {
  const message = "The pages of a collection repeat endlessly.";
  const path = url.split("?", 1)[0] ?? "";
  return new GraphError({
    method: "GET",
    path,
    status,
    code: "endless-answer",
    message,
    requestId,
    outcome: "refused",
  });
}
