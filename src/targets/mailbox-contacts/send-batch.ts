import { GraphError } from "../../http/graph/graph.ts";
import type { BatchAnswer, GraphClient, GraphWrite } from "../../http/graph/graph.ts";
import { AuthError } from "../../http/token.ts";

/**
 * Sends at most 20 writes as one batch. A batch that failed as a whole is the same failure for each of its requests.
 *
 * @returns in the order of the requests
 * @throws whatever is a bug, and the signal's reason when aborted
 */
export async function sendBatch<Body>(
  graph: GraphClient,
  requests: readonly GraphWrite[],
  signal: AbortSignal,
): Promise<readonly BatchAnswer<Body>[]> {
  if (requests.length === 0) return [];
  try {
    return await graph.sendAll<Body>(requests, signal);
  } catch (thrown) {
    const error = worldlyError(thrown);
    if (error === null) throw thrown;
    return requests.map(() => ({ ok: false, error }));
  }
}

/** A failure of the service or of signing in, as Graph would have refused it; null for anything else. */
export function worldlyError(error: unknown): GraphError | null {
  if (error instanceof GraphError) return error;
  if (!(error instanceof AuthError)) return null;
  const { code, message } = error;
  const refused = { status: 401, requestId: "", outcome: "refused" } as const;
  return new GraphError({ ...refused, method: "POST", path: "/$batch", code, message, cause: error });
}

/** The answer to one request. */
export function answerAt<Body>(answers: readonly BatchAnswer<Body>[], index: number): BatchAnswer<Body> {
  const answer = answers[index];
  if (answer === undefined) throw new Error("A batch has fewer answers than requests.");
  return answer;
}
