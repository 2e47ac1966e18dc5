import type { ReadBody } from "./alike-items.ts";

/**
 * The interface of sources and targets to Microsoft Graph: requests relative to the version root, one lane for each
 * mailbox and one for the directory. Authentication, retries, throttling and proxies are handled behind it.
 */

/**
 * Requests that share one throttling limit. A mailbox serves at most 4 requests at a time (a batch of four or more
 * counts as four), and each lane has its own Retry-After.
 */
export type Lane = "directory" | `mailbox:${string}`;

export interface GraphGet {
  /** Path and query relative to the version root, e.g. `/users?$top=999`; values in it are already encoded. */
  readonly url: string;
  readonly lane: Lane;
  /** Sent with every page, since nextLinks do not carry them, e.g. `ConsistencyLevel`, `Prefer`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A faster reader for pages; pages that it rejects are parsed as JSON. */
  readonly read?: ReadBody;
}

export interface GraphWrite {
  readonly method: "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly lane: Lane;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, bytes unchanged (with their Content-Type in `headers`). */
  readonly body?: object | Uint8Array;
}

/** One answer in a batch; an error when the sub-request got no answer or was throttled on every attempt. */
export type BatchAnswer<Body = unknown> =
  | { readonly ok: true; readonly status: number; readonly body: Body; readonly requestId: string }
  | { readonly ok: false; readonly error: GraphError };

/** The half of the client that cannot change anything. */
export interface GraphReader {
  /** @throws {GraphError} @throws the signal's reason when aborted */
  get<Body>(request: GraphGet, signal: AbortSignal): Promise<Body>;
  /** Gets bytes, e.g. of a photo, with their Content-Type. @throws {GraphError} */
  getBytes(request: GraphGet, signal: AbortSignal): Promise<{ bytes: Uint8Array; contentType: string }>;
  /**
   * Reads the items of a collection page by page until there is no nextLink. Complete, or it throws. A nextLink to
   * another host is refused.
   *
   * @throws {GraphError}
   */
  pages<Item>(request: GraphGet, signal: AbortSignal): AsyncIterable<readonly Item[]>;
  /**
   * Sends any number of GETs through $batch, 20 at a time; answers in the order of the requests.
   *
   * @throws {GraphError} when a batch as a whole failed for good
   */
  getAll<Body>(requests: readonly GraphGet[], signal: AbortSignal): Promise<readonly BatchAnswer<Body>[]>;
}

/** The full client; only `apply` gets one. */
export interface GraphClient extends GraphReader {
  /**
   * Sends one write. A POST whose outcome is unknown is never repeated (see `GraphError.outcome`).
   *
   * @throws {GraphError}
   */
  send<Body>(request: GraphWrite, signal: AbortSignal): Promise<{ body: Body; requestId: string }>;
  /**
   * Sends writes through $batch, at most 20 in a batch; answers in the order of the requests. Throttled sub-requests
   * are sent again in a batch of their own, but not a POST whose outcome is unknown. Rejects only when aborted: when a
   * batch fails as a whole, each of its requests has that error.
   */
  sendAll<Body>(requests: readonly GraphWrite[], signal: AbortSignal): Promise<readonly BatchAnswer<Body>[]>;
}

/** Graph refused a request or gave no usable answer. Contains no token and no query string. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly method: string;
  /** Path without query string. */
  readonly path: string;
  /**
   * HTTP status; 0 when no response came. Also 401 when the sign-in service refused, not Graph: then `cause` is an
   * AuthError, and code and message are its own.
   */
  readonly status: number;
  /**
   * Graph's `error.code`, e.g. `ErrorItemNotFound`; for failures without a response one of galops' own, e.g.
   * `connection-refused`, `timeout`, `foreign-link`.
   */
  readonly code: string;
  /** The service's `request-id`; "" when unknown. */
  readonly requestId: string;
  /** "unknown" when the service may have carried out the request (reset, timeout, or 5xx after it was sent). */
  readonly outcome: "refused" | "unknown";

  constructor(failure: {
    method: string;
    path: string;
    status: number;
    code: string;
    message: string;
    requestId: string;
    outcome: "refused" | "unknown";
    cause?: unknown;
  }) {
    super(failure.message, { cause: failure.cause });
    this.method = failure.method;
    this.path = failure.path;
    this.status = failure.status;
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.outcome = failure.outcome;
  }
}
