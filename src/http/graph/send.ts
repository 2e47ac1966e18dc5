import type { ReadBody } from "./alike-items.ts";
import type { Lane } from "./graph.ts";

/** One request as sent over the network, with what the layers that carry it need to know. */
export interface WireRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How the body of a success is read; that of a refusal is read as JSON. */
  readonly expects: "json" | "bytes";
  /** Tried first when JSON is expected. */
  readonly read?: ReadBody | undefined;
  /** How many places it takes in each lane. */
  readonly places: ReadonlyMap<Lane, number>;
  /** Whether it may be carried out twice without harm. */
  readonly repeatable: boolean;
  /**
   * Called with a successful answer before the places are given back, so that it can pause the requests that come next.
   */
  readonly onSuccess?: (answer: Answer) => void;
  readonly signal: AbortSignal;
}

/** An answer whose body has arrived. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Parsed JSON, or bytes if expected; null for an empty body and for a refusal that is not JSON. */
  readonly body: unknown;
}

/** Sends one request. Each layer documents what it throws. */
export type Send = (request: WireRequest) => Promise<Answer>;

/** The path of a request for error messages, relative to the version root and without query. */
export function pathOf(url: string): string {
  const { pathname } = new URL(url);
  const versionEnd = pathname.indexOf("/v1.0/");
  return versionEnd === -1 ? pathname : pathname.slice(versionEnd + "/v1.0".length);
}
