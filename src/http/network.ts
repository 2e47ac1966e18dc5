import type { ClientRequest, IncomingMessage } from "node:http";
import type { Environment, Fetch, FetchHeaders, FetchInit, FetchResponse } from "../model/context.ts";
import { acceptEncoding, collect, decoded } from "./body.ts";
import { ProxyError } from "./proxy-error.ts";
import { createRoutes } from "./routes.ts";

/** Network timeouts, in milliseconds. */
export interface NetworkTimeouts {
  /** For opening a connection. */
  readonly connectMs: number;
  /** Until the first byte of the answer, and between any two bytes. */
  readonly answerMs: number;
}

/** Longer than Graph's own limit; some Exchange cmdlets take a minute. */
const defaultTimeouts: NetworkTimeouts = { connectMs: 15_000, answerMs: 120_000 };

/**
 * Creates a fetch over the network that uses the proxy in HTTPS_PROXY or HTTP_PROXY, except for the hosts in NO_PROXY.
 * Redirects are not followed. Node itself adds the certificate authorities of NODE_EXTRA_CA_CERTS.
 *
 * Built on `node:https`, with the chunks of a body joined at the end: Node's `fetch` would pass each page through some
 * forty stream steps.
 */
export function createNetworkFetch(
  env: Environment,
  { connectMs, answerMs }: NetworkTimeouts = defaultTimeouts,
): Fetch {
  const begin = createRoutes(env, connectMs);
  return async (url, init) => {
    const { method, body, signal } = init;
    signal.throwIfAborted();
    const headers = { ...defaultHeaders, ...lengthOf(body), ...init.headers };
    return await answerTo(begin(new URL(url), { method, headers, signal, timeout: answerMs }), init);
  };
}

/** Headers of each request, unless the request sets them itself. */
const defaultHeaders = { accept: "*/*", "accept-encoding": acceptEncoding, "user-agent": "galops" };

/** Node sets Content-Length for some methods only. */
function lengthOf(body: FetchInit["body"]): Readonly<Record<string, string>> {
  return body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
}

async function answerTo(request: ClientRequest, { body: sent, signal }: FetchInit): Promise<FetchResponse> {
  const head = Promise.withResolvers<FetchResponse>();
  const body = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  body.promise.catch(() => {}); // the caller may not read the body
  const fail = (reason: unknown): void => {
    head.reject(reason);
    body.reject(reason);
    request.destroy();
  };
  const abort = (): void => fail(signal.reason);
  signal.addEventListener("abort", abort);
  request
    .once("response", (message: IncomingMessage) => {
      if (message.statusCode === 407) return fail(proxyAuthenticationRequired());
      collect(message).then(body.resolve, fail);
      head.resolve(responseOf(message, body.promise));
    })
    .once("timeout", () => fail(readTimeout()))
    .on("error", fail)
    .once("close", () => {
      signal.removeEventListener("abort", abort);
      head.reject(new Error("the connection closed without an answer"));
    })
    .end(sent);
  return await head.promise;
}

/** The error of a connection that fell silent; the same as the operating system's own. */
function readTimeout(): Error {
  return Object.assign(new Error("read ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "read" });
}

/** Only a proxy answers 407. */
function proxyAuthenticationRequired(): ProxyError {
  return new ProxyError(
    "The proxy requires a user name and password (407). Add them to the URL in HTTP_PROXY.",
  );
}

function responseOf(
  { statusCode: status = 0, headers }: IncomingMessage,
  body: Promise<Uint8Array<ArrayBuffer>>,
): FetchResponse {
  const arrayBuffer = async (): Promise<ArrayBuffer> => decoded(await body, headers["content-encoding"]);
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: headersOf(headers),
    arrayBuffer,
    text: async () => new TextDecoder().decode(await arrayBuffer()),
  };
}

function headersOf(headers: IncomingMessage["headers"]): FetchHeaders {
  const valueOf = (name: string): string | null => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  };
  return {
    get: (name) => valueOf(name.toLowerCase()),
    *[Symbol.iterator]() {
      for (const name of Object.keys(headers)) yield [name, valueOf(name) ?? ""];
    },
  };
}
