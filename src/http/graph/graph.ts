import type { ReadBody } from "./alike-items.ts";

/**
 * What sources and targets know of Microsoft Graph: requests relative to the version root, one lane for each
 * mailbox and one for the directory. Authentication, retry, throttling and proxies are behind it.
 */

/**
 * A lane is polite by itself: in a mailbox at most 4 requests at a time (a batch of four or more counts as four), and
 * its own Retry-After.
 */
export type Lane = "directory" | `mailbox:${string}`;

export interface GraphGet {
  /** Path and query relative to the version root, e.g. `/users?$top=999`; values in it already encoded. */
  readonly url: string;
  readonly lane: Lane;
  /** Sent with every page, since nextLinks do not carry them, e.g. `ConsistencyLevel`, `Prefer`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A way to read pages that is quicker than parsing them as any JSON, where they allow it. */
  readonly read?: ReadBody;
}

export interface GraphWrite {
  readonly method: "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly lane: Lane;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, bytes as they are (with their Content-Type in `headers`). */
  readonly body?: object | Uint8Array;
}

/** One answer inside a batch. A sub-request that got no answer, or none but throttling to the end, has an error. */
export type BatchAnswer<Body = unknown> =
  | { readonly ok: true; readonly status: number; readonly body: Body; readonly requestId: string }
  | { readonly ok: false; readonly error: GraphError };

/** The half of the client that cannot change anything. */
export interface GraphReader {
  /** @throws {GraphError} @throws the signal's reason when aborted */
  get<Body>(request: GraphGet, signal: AbortSignal): Promise<Body>;
  /** Bytes and their Content-Type, e.g. of a photo. @throws {GraphError} */
  getBytes(request: GraphGet, signal: AbortSignal): Promise<{ bytes: Uint8Array; contentType: string }>;
  /**
   * The items of a collection, page by page, until there is no nextLink. Complete or it throws.
   * A nextLink to another host is refused.
   *
   * @throws {GraphError}
   */
  pages<Item>(request: GraphGet, signal: AbortSignal): AsyncIterable<readonly Item[]>;
  /**
   * Any number of GETs through $batch, 20 at a time; answers in the order of the requests.
   *
   * @throws {GraphError} when a batch as a whole failed for good
   */
  getAll<Body>(requests: readonly GraphGet[], signal: AbortSignal): Promise<readonly BatchAnswer<Body>[]>;
}

/** The whole client; only `apply` is given one. */
export interface GraphClient extends GraphReader {
  /**
   * One write. A POST is never repeated after an outcome that is not known (see `GraphError.outcome`).
   *
   * @throws {GraphError}
   */
  send<Body>(request: GraphWrite, signal: AbortSignal): Promise<{ body: Body; requestId: string }>;
  /**
   * Writes of one mailbox through $batch (at most 20 a batch, one batch in flight for each lane); answers in the
   * order of the requests. Sub-requests that were throttled are sent again, in a batch of them alone; a POST whose
   * outcome is not known is not. Rejects only when aborted: a batch that failed as a whole is the failure of each of
   * its requests.
   */
  sendAll<Body>(requests: readonly GraphWrite[], signal: AbortSignal): Promise<readonly BatchAnswer<Body>[]>;
}

/** Graph refused a request, or gave no usable answer. Holds no token and no query. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  /**
   * HTTP status; 0 when no response came. 401 also where it was not Graph but the sign-in service that refused: then
   * `cause` is an AuthError and `code` and message are its own.
   */
  readonly status: number;
  /**
   * Graph's `error.code`, e.g. `ErrorItemNotFound`; for failures without a response one of ours,
   * e.g. `connection-refused`, `timeout`, `foreign-link`.
   */
  readonly code: string;
  /** `request-id` of the service; "" when none is known. */
  readonly requestId: string;
  /** Whether the service may have carried the request out all the same (reset, timeout, 5xx after it was sent). */
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
