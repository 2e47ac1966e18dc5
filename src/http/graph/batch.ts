import type { GraphGet, GraphWrite, Lane } from "./graph.ts";
import { placesOfBatch } from "./lanes.ts";
import type { Answer } from "./send.ts";

/** A request inside a batch. */
export type SubRequest = GraphWrite | (GraphGet & { readonly method: "GET"; readonly body?: undefined });

/** A request encoded for a batch. Its id is unique among all requests of one call. */
export interface Part {
  readonly index: number;
  readonly request: SubRequest;
  readonly id: string;
  readonly json: string;
}

const maxRequests = 20;
/** Graph's limit is 4 MB for each request. */
const maxBytes = 3_000_000;

export function partsOf(requests: readonly SubRequest[]): readonly Part[] {
  return requests.map((request, index) => {
    const id = String(index + 1);
    return { index, request, id, json: JSON.stringify({ id, ...subRequest(request) }) };
  });
}

/**
 * Splits parts into batches of at most 20 requests and 3 MB, in their order. A larger part gets its own batch.
 *
 * @see https://learn.microsoft.com/en-us/graph/json-batching#batch-size-limitations
 */
export function chunksOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const chunks: Part[][] = [];
  let chunk: Part[] = [];
  let bytes = 0;
  for (const part of parts) {
    const size = Buffer.byteLength(part.json);
    if (chunk.length > 0 && (chunk.length === maxRequests || bytes + size > maxBytes)) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(part);
    bytes += size;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}

export function batchBody(parts: readonly Part[]): string {
  return `{"requests":[${parts.map(({ json }) => json).join(",")}]}`;
}

/** Counts the places that a batch takes in each lane. */
export function placesFor(parts: readonly Part[]): ReadonlyMap<Lane, number> {
  const counts = new Map<Lane, number>();
  for (const { request } of parts) counts.set(request.lane, (counts.get(request.lane) ?? 0) + 1);
  return new Map([...counts].map(([lane, count]) => [lane, placesOfBatch(count)]));
}

/** Whether a request may be sent twice without harm. */
export function isRepeatable({ method }: Pick<SubRequest, "method">): boolean {
  return method !== "POST";
}

/** Answers by the id of their request, in any order; malformed ones are left out. */
export function answersById(body: unknown): ReadonlyMap<string, Answer> {
  const found = new Map<string, Answer>();
  if (!isObject(body) || !Array.isArray(body["responses"])) return found;
  for (const response of body["responses"] as readonly unknown[]) {
    if (!isObject(response) || typeof response["status"] !== "number") continue;
    const { status } = response;
    const headers = headersOf(response["headers"]);
    found.set(String(response["id"]), { status, headers, body: response["body"] ?? null });
  }
  return found;
}

function subRequest(request: SubRequest): object {
  const { method, url } = request;
  const { headers, body } = { headers: request.headers ?? {}, body: request.body };
  if (body === undefined) return { method, url, ...(Object.keys(headers).length > 0 ? { headers } : {}) };
  if (body instanceof Uint8Array) {
    return { method, url, headers, body: Buffer.from(body).toString("base64") };
  }
  return { method, url, headers: { "Content-Type": "application/json", ...headers }, body };
}

/** Graph varies the case of these header names. */
function headersOf(value: unknown): Answer["headers"] {
  const entries = isObject(value) ? Object.entries(value) : [];
  return {
    get(name) {
      const found = entries.find(([key]) => key.toLowerCase() === name)?.[1];
      return typeof found === "string" || typeof found === "number" ? String(found) : null;
    },
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
