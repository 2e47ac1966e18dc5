import { GraphError } from "../../src/http/graph/graph.ts";
import type { BatchAnswer, GraphClient, GraphGet, GraphWrite } from "../../src/http/graph/graph.ts";

/**
 * What goes wrong with one request: `lost` was carried out and its answer never came, `dropped` never arrived and
 * nobody knows, a GraphError is the answer.
 */
export type Fault = "lost" | "dropped" | GraphError;

export interface AnyRequest {
  readonly method: string;
  /** Decoded. */
  readonly url: string;
}

/** A client over another one, some of whose requests fail; what a batch holds is asked for one by one. */
export function faultyGraph(
  graph: GraphClient,
  faultOf: (request: AnyRequest) => Fault | null,
): GraphClient & { readonly asked: readonly AnyRequest[] } {
  const asked: AnyRequest[] = [];

  function faultFor(request: GraphGet | GraphWrite): Fault | null {
    const method = "method" in request ? request.method : "GET";
    const seen = { method, url: decodeURIComponent(request.url) };
    asked.push(seen);
    return faultOf(seen);
  }

  async function answerTo<Body>(
    request: GraphGet | GraphWrite,
    ask: () => Promise<BatchAnswer<Body> | undefined>,
  ): Promise<BatchAnswer<Body>> {
    const fault = faultFor(request);
    if (fault instanceof GraphError) return { ok: false, error: fault };
    if (fault === "dropped") return { ok: false, error: unknownOutcome() };
    const answer = await ask();
    if (answer === undefined) throw new Error("No answer to one request.");
    return fault === "lost" ? { ok: false, error: unknownOutcome() } : answer;
  }

  return {
    asked,
    async get(request, signal) {
      throwing(faultFor(request));
      return graph.get(request, signal);
    },
    async getBytes(request, signal) {
      throwing(faultFor(request));
      return graph.getBytes(request, signal);
    },
    async *pages<Item>(request: GraphGet, signal: AbortSignal) {
      throwing(faultFor(request));
      yield* graph.pages<Item>(request, signal);
    },
    getAll: <Body>(requests: readonly GraphGet[], signal: AbortSignal) =>
      Promise.all(
        requests.map((request) =>
          answerTo<Body>(request, async () => (await graph.getAll<Body>([request], signal))[0]),
        ),
      ),
    async send<Body>(request: GraphWrite, signal: AbortSignal) {
      const fault = faultFor(request);
      throwing(fault);
      const answer = await graph.send<Body>(request, signal);
      if (fault === "lost") throw unknownOutcome();
      return answer;
    },
    sendAll: <Body>(requests: readonly GraphWrite[], signal: AbortSignal) =>
      Promise.all(
        requests.map((request) =>
          answerTo<Body>(request, async () => (await graph.sendAll<Body>([request], signal))[0]),
        ),
      ),
  };
}

function throwing(fault: Fault | null): void {
  if (fault === "dropped") throw unknownOutcome();
  if (fault instanceof GraphError) throw fault;
}

function unknownOutcome(): GraphError {
  return new GraphError({
    method: "POST",
    path: "/somewhere",
    status: 0,
    code: "network",
    message: "The connection was reset.",
    requestId: "",
    outcome: "unknown",
  });
}
