import type { Fetch, FetchResponse } from "../../model/context.ts";
import { networkFailure } from "../network-failure.ts";
import { NoAnswer } from "../no-answer.ts";
import { WriteInReader } from "../write-in-reader.ts";
import type { Cmdlet } from "./exchange.ts";

/** One request as it goes over the wire, and what those that carry it have to know of it. */
export interface Call {
  readonly cmdlet: Cmdlet;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly isWrite: boolean;
  /** Whether carrying it out twice is as good as once. */
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
 * One exchange over the given fetch, the body read to its end. Nothing is followed.
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

/** A refusal is known by its status: Exchange may send one as NUL bytes that it calls gzip, which cannot be read. */
async function textOf(response: FetchResponse): Promise<string> {
  if (response.ok) return await response.text();
  try {
    return await response.text();
  } catch {
    return "";
  }
}
