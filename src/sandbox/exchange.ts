import type { GraphProblem } from "./graph-problem.ts";

/** One request, or one inside a batch, as the endpoints see it. */
export interface GraphRequest {
  readonly method: string;
  /** `https://host/v1.0`, for links. */
  readonly root: string;
  /** Path behind the version, encoded, e.g. `/users/a%23b/contacts`. */
  readonly path: string;
  /** The path's segments, decoded. */
  readonly segments: readonly string[];
  /** What follows the `?`, encoded; "" for nothing. */
  readonly search: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text or bytes as they came; null for none. */
  readonly body: string | Uint8Array | null;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as text, or bytes; null for none. */
  readonly body: string | Uint8Array | null;
}

const jsonType =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

export function jsonAnswer(status: number, body: string, headers: GraphAnswer["headers"] = {}): GraphAnswer {
  return { status, headers: { "Content-Type": jsonType, ...headers }, body };
}

export const noContent: GraphAnswer = { status: 204, headers: {}, body: null };

/** Graph's error, with what support asks for. `at` is UTC, written without a zone as Graph does. */
export function problemAnswer(
  problem: GraphProblem,
  ids: { readonly request: string; readonly client: string },
  at: string,
): GraphAnswer {
  const { status, code, message, headers } = problem;
  const innerError = {
    date: at.replace(/Z$/, ""),
    "request-id": ids.request,
    "client-request-id": ids.client,
  };
  return jsonAnswer(status, JSON.stringify({ error: { code, message, innerError } }), headers);
}
