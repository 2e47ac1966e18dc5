import { GraphError } from "../../src/http/graph/graph.ts";
import type { BatchAnswer, GraphGet, GraphReader } from "../../src/http/graph/graph.ts";

/** What the script answers to one URL: a collection in pages, one object, or a refusal; also pages that end in one. */
export type ScriptedAnswer =
  | { readonly pages: readonly (readonly unknown[])[]; readonly failure?: GraphError }
  | { readonly body: unknown }
  | GraphError;

export interface ScriptedGraph extends GraphReader {
  /** URLs in the order in which they were asked for, decoded. */
  readonly asked: readonly string[];
}

/**
 * A Graph that knows the URLs of a script (written decoded) and nothing else: what it is asked beyond that is a
 * bug. It refuses advanced queries without their header, as Graph does.
 */
export function scriptedGraph(script: Readonly<Record<string, ScriptedAnswer>>): ScriptedGraph {
  const asked: string[] = [];

  function answerTo({ url, headers, lane }: GraphGet, signal: AbortSignal): ScriptedAnswer {
    signal.throwIfAborted();
    const decoded = decodeURIComponent(url);
    asked.push(decoded);
    if (lane !== "directory") throw new Error(`The directory was asked on lane ${lane}.`);
    const answer = script[decoded];
    if (answer === undefined) throw new Error(`The script does not know ${decoded}`);
    const advanced = decoded.includes("$count=true") || decoded.includes("/microsoft.graph.");
    if (advanced && headers?.["ConsistencyLevel"] !== "eventual")
      return refusal(400, "Request_UnsupportedQuery");
    return answer;
  }

  function bodyFor(request: GraphGet, signal: AbortSignal): unknown {
    const answer = answerTo(request, signal);
    if (answer instanceof GraphError) throw answer;
    if ("body" in answer) return answer.body;
    if (answer.failure !== undefined) throw answer.failure;
    const [first = [], ...more] = answer.pages;
    const next = { "@odata.nextLink": `https://graph.invalid${request.url}&$skiptoken=1` };
    return { value: first, ...(more.length > 0 ? next : {}) };
  }

  return {
    asked,
    async get<Body>(request: GraphGet, signal: AbortSignal): Promise<Body> {
      return bodyFor(request, signal) as Body;
    },
    getBytes: () => Promise.reject(new Error("The script has no bytes.")),
    async *pages<Item>(request: GraphGet, signal: AbortSignal) {
      const answer = answerTo(request, signal);
      if (answer instanceof GraphError) throw answer;
      if (!("pages" in answer)) throw new Error(`${request.url} is no collection.`);
      for (const page of answer.pages) {
        signal.throwIfAborted();
        yield page as readonly Item[];
      }
      if (answer.failure !== undefined) throw answer.failure;
    },
    async getAll<Body>(requests: readonly GraphGet[], signal: AbortSignal) {
      return requests.map((request): BatchAnswer<Body> => {
        try {
          const body = bodyFor(request, signal) as Body;
          return { ok: true, status: 200, body, requestId: "request-1" };
        } catch (error) {
          if (error instanceof GraphError) return { ok: false, error };
          throw error;
        }
      });
    },
  };
}

/** A GraphError as the client makes it; status 0 is a failure without a response. */
export function refusal(status: number, code: string, message = "Graph says no."): GraphError {
  return new GraphError({
    method: "GET",
    path: "/somewhere",
    status,
    code,
    message,
    requestId: status === 0 ? "" : "request-1",
    outcome: "refused",
  });
}
