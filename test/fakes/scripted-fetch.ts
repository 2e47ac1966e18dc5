import { ProxyError } from "../../src/http/proxy-error.ts";
import type { Fetch, FetchInit } from "../../src/model/context.ts";

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

/** What the script answers; a function sees the request first, and an Error is a connection that failed. */
export type ScriptedResponse =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly json?: unknown;
      readonly text?: string;
      readonly bytes?: Uint8Array<ArrayBuffer>;
      /** The body breaks off after `text`. */
      readonly broken?: boolean;
    }
  | Error
  | ((seen: Seen, signal: AbortSignal) => ScriptedResponse | Promise<ScriptedResponse>);

export interface ScriptedFetch {
  readonly fetch: Fetch;
  readonly seen: readonly Seen[];
  /** Answers that nobody has asked for yet. */
  left(): number;
}

/** Answers in the order of the script. A request beyond its end is a mistake of the test or the code: it throws. */
export function scriptedFetch(...script: readonly ScriptedResponse[]): ScriptedFetch {
  const seen: Seen[] = [];
  return {
    seen,
    left: () => script.length - seen.length,
    async fetch(url, init) {
      init.signal.throwIfAborted();
      const request = seenFrom(url, init);
      const answer = script[seen.length];
      seen.push(request);
      if (answer === undefined) {
        // A kind of failure after which nobody asks again.
        throw new ProxyError(`Nothing is scripted for ${init.method} ${url}.`);
      }
      return await responseFrom(answer, request, init.signal);
    },
  };
}

/** The failure that a fetch makes of a socket's. */
export function connectionError(code: string, syscall?: string): Error {
  const cause = Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });
  return new TypeError("fetch failed", { cause });
}

function seenFrom(url: string, { method, headers, body }: FetchInit): Seen {
  return { method, url, headers: new Headers(headers), body: parsed(body) };
}

function parsed(body: FetchInit["body"]): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function responseFrom(answer: ScriptedResponse, seen: Seen, signal: AbortSignal): Promise<Response> {
  if (typeof answer === "function") return await responseFrom(await answer(seen, signal), seen, signal);
  if (answer instanceof Error) throw answer;
  const { status = 200, headers = {}, json, text, bytes, broken = false } = answer;
  if (broken) return new Response(brokenOff(text ?? ""), { status, headers });
  return new Response(bytes ?? text ?? (json === undefined ? null : JSON.stringify(json)), {
    status,
    headers,
  });
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.error(new TypeError("terminated"));
    },
  });
}
