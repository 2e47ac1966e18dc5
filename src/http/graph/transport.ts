import type { Fetch, FetchResponse } from "../../model/context.ts";
import { failureWithout, refusalBy } from "./graph-errors.ts";
import { GraphError } from "./graph.ts";
import { networkFailure } from "../network-failure.ts";
import type { NetworkFailure } from "../network-failure.ts";
import { NoAnswer } from "../no-answer.ts";
import { isWebPage, webPageInstead } from "../web-page.ts";
import { WriteInReader } from "../write-in-reader.ts";
import type { Answer, Send, WireRequest } from "./send.ts";

/**
 * Creates the layer that sends one request over `fetch` and reads the whole body.
 *
 * @returns a Send that resolves with every answer, including refusals; it rejects with `NoAnswer`, with the signal's
 * reason, or with a GraphError for a redirect, which is never followed
 */
export function createTransport(fetch: Fetch): Send {
  return async (request) => {
    const { method, url, headers, body, signal } = request;
    try {
      const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
      const response = await fetch(url, init);
      return await answerOf(response, request);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof NoAnswer || error instanceof GraphError || error instanceof WriteInReader)
        throw error;
      throw new NoAnswer(networkFailure(error, url), error);
    }
  };
}

async function answerOf(response: FetchResponse, request: WireRequest): Promise<Answer> {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    await response.arrayBuffer();
    throw redirected({ status, headers, body: null }, request);
  }
  if (response.ok && request.expects === "bytes") {
    return { status, headers, body: new Uint8Array(await response.arrayBuffer()) };
  }
  return { status, headers, body: parse(await response.arrayBuffer(), response.ok, request) };
}

/**
 * Rejects damaged UTF-8: replacement characters would be mistaken for an edit. Fatal decoding is also twice as fast.
 */
const strictly = new TextDecoder("utf-8", { fatal: true });

function parse(bytes: ArrayBuffer, needed: boolean, request: WireRequest): unknown {
  if (bytes.byteLength === 0) return null;
  try {
    return (needed ? request.read?.(bytes) : null) ?? JSON.parse(strictly.decode(bytes));
  } catch (error) {
    if (!needed) return null;
    throw new NoAnswer(notJson(bytes, request), error);
  }
}

function notJson(bytes: ArrayBuffer, { url }: WireRequest): NetworkFailure {
  const { host } = new URL(url);
  const failure = { code: "malformed-answer", sent: true };
  // A captive portal, a proxy or another server answered, and would answer the same again.
  return isWebPage(new TextDecoder().decode(bytes))
    ? { ...failure, passing: false, message: webPageInstead(host) }
    : { ...failure, passing: true, message: `${host} answered with something that is not JSON.` };
}

/** Redirects are never followed, since the token must not be sent to an arbitrary host. */
function redirected(answer: Answer, request: WireRequest): GraphError {
  const target = URL.parse(answer.headers.get("location") ?? "", request.url);
  const { origin } = new URL(request.url);
  const { status, requestId } = refusalBy(answer, request);
  const elsewhere = target !== null && target.origin !== origin;
  const failure = {
    code: elsewhere ? "foreign-link" : "redirected",
    message: `The service redirects to ${target?.origin ?? "an unusable address"}. galops does not follow redirects.`,
    sent: false,
  };
  return failureWithout(failure, request, { status, requestId });
}
