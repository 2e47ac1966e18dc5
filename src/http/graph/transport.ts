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
 * One exchange over the given fetch, the body read to its end.
 *
 * @returns every answer, refusals included; its `send` rejects with `NoAnswer`, or with the signal's reason, or with a
 * GraphError for a redirect, which is never followed
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

/** Damaged text is no answer: what stood in its place would be taken for an edit. It is also twice as fast. */
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
  // It comes from a captive portal, a proxy or another server, and asking again brings the same.
  return isWebPage(new TextDecoder().decode(bytes))
    ? { ...failure, passing: false, message: webPageInstead(host) }
    : { ...failure, passing: true, message: `${host} answered with something that is not JSON.` };
}

/** A token must not be carried to where an answer points, so nothing is. */
function redirected(answer: Answer, request: WireRequest): GraphError {
  const target = URL.parse(answer.headers.get("location") ?? "", request.url);
  const { origin } = new URL(request.url);
  const { status, requestId } = refusalBy(answer, request);
  const elsewhere = target !== null && target.origin !== origin;
  const failure = {
    code: elsewhere ? "foreign-link" : "redirected",
    message: `The service redirects to ${target?.origin ?? "nowhere"}, which is not followed.`,
    sent: false,
  };
  return failureWithout(failure, request, { status, requestId });
}
