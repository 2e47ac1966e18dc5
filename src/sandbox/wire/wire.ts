import type { JsonObject } from "../tenant/tenant.ts";
import type { GraphProblem } from "./graph-problem.ts";

interface WireRequest {
  readonly method: string;
  /** The part before the path, for links: `https://host/v1.0`, `https://host/adminapi`. */
  readonly root: string;
  /** The path after the root, encoded, e.g. `/users/a%23b/contacts`. */
  readonly path: string;
  /** The path's segments, decoded. */
  readonly segments: readonly string[];
  /** The part after the `?`, encoded; "" for none. */
  readonly search: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text or bytes, unchanged; null for no body. */
  readonly body: string | Uint8Array | null;
}

/** One request to Graph, standalone or in a batch, as seen by the endpoints. */
export interface GraphRequest extends WireRequest {
  readonly service: "graph";
}

/** One request to Exchange Online's administration API. */
export interface ExchangeRequest extends WireRequest {
  readonly service: "exchange";
  /** The cmdlet in the body; "" if there is none. */
  readonly cmdlet: string;
  /** The parameters in the body, unchanged; empty if there are none. */
  readonly parameters: JsonObject;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as text, or bytes; null for no body. */
  readonly body: string | Uint8Array | null;
}

const jsonType =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

export function jsonAnswer(status: number, body: string, headers: WireAnswer["headers"] = {}): WireAnswer {
  return { status, headers: { "Content-Type": jsonType, ...headers }, body };
}

export const noContent: WireAnswer = { status: 204, headers: {}, body: null };

/**
 * Encodes a refusal as Graph's error, with the ids that Microsoft support asks for. `at` is UTC; Graph omits the zone.
 */
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
