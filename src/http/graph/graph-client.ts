import type { Clock, Fetch } from "../../model/context.ts";
import { authenticated } from "./authentication.ts";
import { isRepeatable } from "./batch.ts";
import type { BatchAnswer, GraphClient, GraphGet, GraphReader, GraphWrite } from "./graph.ts";
import { createGraphTraffic } from "./graph-traffic.ts";
import type { GraphTraffic } from "./graph-traffic.ts";
import { pagesOf } from "./pages.ts";
import { polite } from "./politeness.ts";
import type { GraphRetryWorld } from "./politeness.ts";
import type { Wait } from "../wait.ts";
import { readOnly } from "./read-only.ts";
import { sendBatches } from "./send-batches.ts";
import type { WireRequest } from "./send.ts";
import { throughGraphClient } from "./through-graph-client.ts";
import type { TokenProvider } from "../token.ts";
import { createTransport } from "./transport.ts";

export interface GraphClientOptions {
  /** Without a trailing slash and without `/v1.0`. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly token: TokenProvider;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Limits shared with other clients of the tenant; separate ones when left out. */
  readonly traffic?: GraphTraffic;
  /** Called when a request starts to wait for the service or the network. */
  readonly onWait?: (wait: Wait) => void;
}

/**
 * Creates a client for one tenant. All clients of a tenant that are used at the same time should share their `traffic`.
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const root = `${options.baseUrl}/v1.0`;
  const { lanes, atOnce } = options.traffic ?? createGraphTraffic(options.clock);
  const retryWorld: GraphRetryWorld = {
    clock: options.clock,
    random: options.random,
    lanes,
    onWait: options.onWait ?? (() => {}),
  };
  const chain = authenticated(createTransport(options.fetch), options.token, options.baseUrl);
  const send = throughGraphClient(polite(chain, retryWorld, atOnce), options.baseUrl);
  const batches = { send, root, retryWorld };

  return {
    async get<Body>(request: GraphGet, signal: AbortSignal) {
      const { body } = await send(reading(request, absolute(request.url, root), signal));
      return body as Body; // the caller knows what it asked for
    },
    async getBytes(request, signal) {
      const wire = reading(request, absolute(request.url, root), signal);
      const asBytes = { ...wire, headers: request.headers ?? {}, expects: "bytes" as const };
      const { body, headers } = await send(asBytes);
      const bytes = body as Uint8Array; // since bytes are expected
      return { bytes, contentType: headers.get("content-type") ?? "application/octet-stream" };
    },
    pages<Item>(request: GraphGet, signal: AbortSignal) {
      return pagesOf<Item>(absolute(request.url, root), (url) => send(reading(request, url, signal)));
    },
    async getAll<Body>(requests: readonly GraphGet[], signal: AbortSignal) {
      const gets = requests.map((request) => ({ ...request, method: "GET" as const }));
      const answers = await sendBatches(batches, gets, "throw", signal);
      return answers as readonly BatchAnswer<Body>[]; // the caller knows what it asked for
    },
    async send<Body>(request: GraphWrite, signal: AbortSignal) {
      const { body, headers } = await send(writing(request, absolute(request.url, root), signal));
      return { body: body as Body, requestId: headers.get("request-id") ?? "" }; // the caller knows what it gets
    },
    async sendAll<Body>(requests: readonly GraphWrite[], signal: AbortSignal) {
      const answers = await sendBatches(batches, requests, "spread", signal);
      return answers as readonly BatchAnswer<Body>[]; // the caller knows what it gets
    },
  };
}

/** Creates a read-only client: it has no method for writing, and its fetch refuses all other requests. */
export function createGraphReader(options: GraphClientOptions): GraphReader {
  const fetch = readOnly(options.fetch, `${options.baseUrl}/v1.0`);
  const client = createGraphClient({ ...options, fetch });
  return {
    get: (request, signal) => client.get(request, signal),
    getBytes: (request, signal) => client.getBytes(request, signal),
    pages: (request, signal) => client.pages(request, signal),
    getAll: (requests, signal) => client.getAll(requests, signal),
  };
}

function reading(request: GraphGet, url: string, signal: AbortSignal): WireRequest {
  return {
    method: "GET",
    url,
    headers: { Accept: "application/json", ...request.headers },
    expects: "json",
    read: request.read,
    places: new Map([[request.lane, 1]]),
    repeatable: true,
    signal,
  };
}

function writing(request: GraphWrite, url: string, signal: AbortSignal): WireRequest {
  const { body } = request;
  return {
    method: request.method,
    url,
    headers: { Accept: "application/json", ...request.headers },
    ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
    expects: "json",
    places: new Map([[request.lane, 1]]),
    repeatable: isRepeatable(request),
    signal,
  };
}

function absolute(url: string, root: string): string {
  if (!url.startsWith("/")) throw new Error(`A request to Graph needs a path from the version root: ${url}`);
  return root + url;
}
