import type { JsonObject } from "../tenant/tenant.ts";
import type { GraphProblem } from "./graph-problem.ts";

interface WireRequest {
  readonly method: string;
  /** What stands before the path, for links: `https://host/v1.0`, `https://host/adminapi`. */
  readonly root: string;
  /** Path behind the root, encoded, e.g. `/users/a%23b/contacts`. */
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

/** One request to Graph, or one inside a batch, as the endpoints see it. */
export interface GraphRequest extends WireRequest {
  readonly service: "graph";
}

/** One request to the administration of Exchange Online. */
export interface ExchangeRequest extends WireRequest {
  readonly service: "exchange";
  /** As the body names it; "" where it names none. */
  readonly cmdlet: string;
  /** As they came; empty where the body holds none. */
  readonly parameters: JsonObject;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as text, or bytes; null for none. */
  readonly body: string | Uint8Array | null;
}

const jsonType =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

export function jsonAnswer(status: number, body: string, headers: WireAnswer["headers"] = {}): WireAnswer {
  return { status, headers: { "Content-Type": jsonType, ...headers }, body };
}

export const noContent: WireAnswer = { status: 204, headers: {}, body: null };

/** Graph's error, with what support asks for. `at` is UTC, written without a zone as Graph does. */
export function problemAnswer(
  problem: GraphProblem,
  ids: { readonly request: string; readonly client: string },
  at: string,
): WireAnswer {
  const { status, code, message, headers } = problem;
  const innerError = {
    date: at.replace(/Z$/, ""),
    "request-id": ids.request,
    "client-request-id": ids.client,
  };
  return jsonAnswer(status, JSON.stringify({ error: { code, message, innerError } }), headers);
}
