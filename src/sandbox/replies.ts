/** An answer of the sandbox before it becomes a Response, so that a batch can hold many. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, text of JSON (given on as it is), or bytes. */
  readonly body?: object | string | Uint8Array;
}

/** Graph's refusal of a request. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** @see https://learn.microsoft.com/graph/errors */
export function refusalReply(refusal: Refusal, requestId: string): Reply {
  const innerError = { "request-id": requestId, "client-request-id": requestId };
  const body = { error: { code: refusal.code, message: refusal.message, innerError } };
  return { status: refusal.status, headers: refusal.headers, body };
}

export function noSuchPath(segment: string): Refusal {
  return new Refusal(400, "BadRequest", `Resource not found for the segment '${segment}'.`);
}
