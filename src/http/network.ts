import type { ClientRequest, IncomingMessage } from "node:http";
import type { Environment, Fetch, FetchHeaders, FetchInit, FetchResponse } from "../model/context.ts";
import { acceptEncoding, collect, decoded } from "./body.ts";
import { ProxyError } from "./proxy-error.ts";
import { createRoutes } from "./routes.ts";

/** How long somebody may be silent, in milliseconds. */
export interface Patience {
  /** Until a connection is made. */
  readonly connectMs: number;
  /** Until the first byte, and between bytes. */
  readonly answerMs: number;
}

/** Graph itself gives an answer up earlier; Exchange works a minute on some cmdlets. */
const patience: Patience = { connectMs: 15_000, answerMs: 120_000 };

/**
 * Fetch over the network, through the proxy that HTTPS_PROXY or HTTP_PROXY names, but for the hosts in NO_PROXY.
 * Redirects are not followed. Node itself adds the authorities of NODE_EXTRA_CA_CERTS.
 *
 * It is Node's own https with its pieces joined: a fetch would bring each page through some forty turns of a stream.
 */
export function createNetworkFetch(env: Environment, { connectMs, answerMs }: Patience = patience): Fetch {
  const begin = createRoutes(env, connectMs);
  return async (url, init) => {
    const { method, body, signal } = init;
    signal.throwIfAborted();
    const headers = { ...said, ...lengthOf(body), ...init.headers };
    return await answerTo(begin(new URL(url), { method, headers, signal, timeout: answerMs }), init);
  };
}

/** What is said with each request, unless it says something else itself. */
const said = { accept: "*/*", "accept-encoding": acceptEncoding, "user-agent": "galops" };

/** Node does not count for every method. */
function lengthOf(body: FetchInit["body"]): Readonly<Record<string, string>> {
  return body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
}

async function answerTo(request: ClientRequest, { body: sent, signal }: FetchInit): Promise<FetchResponse> {
  const head = Promise.withResolvers<FetchResponse>();
  const body = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  body.promise.catch(() => {}); // nobody has to read it
  const fail = (reason: unknown): void => {
    head.reject(reason);
    body.reject(reason);
    request.destroy();
  };
  const abort = (): void => fail(signal.reason);
  signal.addEventListener("abort", abort);
  request
    .once("response", (message: IncomingMessage) => {
      if (message.statusCode === 407) return fail(wantsPassword());
      collect(message).then(body.resolve, fail);
      head.resolve(responseOf(message, body.promise));
    })
    .once("timeout", () => fail(silence()))
    .on("error", fail)
    .once("close", () => {
      signal.removeEventListener("abort", abort);
      head.reject(new Error("there was no answer"));
    })
    .end(sent);
  return await head.promise;
}

/** As the system says it of a connection on which nothing comes any more. */
function silence(): Error {
  return Object.assign(new Error("read ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "read" });
}

/** Only a proxy says that. */
function wantsPassword(): ProxyError {
  return new ProxyError("The proxy wants a name and password (407). Write them into the URL in HTTP_PROXY.");
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
