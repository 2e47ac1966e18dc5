import type { Fetch, FetchResponse } from "../../model/context.ts";
import { networkFailure } from "../network-failure.ts";
import { NoAnswer } from "../no-answer.ts";
import { WriteInReader } from "../write-in-reader.ts";
import type { Cmdlet } from "./exchange.ts";

/** One request as sent over the network, with what the layers that carry it need to know. */
export interface Call {
  readonly cmdlet: Cmdlet;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly isWrite: boolean;
  /** Whether it may be carried out twice without harm. */
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal;
}

/** An answer whose body has arrived. */
export interface Reply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/**
 * Sends one request over `fetch` and reads the whole body. Follows no redirects.
 *
 * @throws {NoAnswer}
 * @throws the signal's reason when aborted
 */
export async function sendCall(fetch: Fetch, call: Call): Promise<Reply> {
  const { url, headers, body, signal } = call;
  try {
    const response = await fetch(url, { method: "POST", headers, signal, body });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WriteInReader || error instanceof NoAnswer) throw error;
    throw new NoAnswer(networkFailure(error, url), error);
  }
}

/**
 * Reads the body. That of a refusal may be unreadable, since its status is enough: Exchange sometimes sends NUL bytes
 * and labels them gzip.
 */
async function textOf(response: FetchResponse): Promise<string> {
  if (response.ok) return await response.text();
  try {
    return await response.text();
  } catch {
    return "";
  }
}
