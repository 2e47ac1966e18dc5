import type { ReadBody } from "./alike-items.ts";
import type { Lane } from "./graph.ts";

/** One request as it goes over the wire, and what those that carry it have to know of it. */
export interface WireRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** How a good answer is read; any other is read as JSON. */
  readonly expects: "json" | "bytes";
  /** Tried first where JSON is expected. */
  readonly read?: ReadBody | undefined;
  /** How many places it takes in which lanes. */
  readonly places: ReadonlyMap<Lane, number>;
  /** Whether carrying it out twice is as good as once. */
  readonly repeatable: boolean;
  /** Told of a success before the places are given back, so that what it says can hold up those who come next. */
  readonly heed?: (answer: Answer) => void;
  readonly signal: AbortSignal;
}

/** An answer whose body has arrived. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Parsed JSON, bytes where they were expected; null for a body that is empty or, in a refusal, no JSON. */
  readonly body: unknown;
}

/** Carries one request; what it throws depends on the layer. */
export type Send = (request: WireRequest) => Promise<Answer>;

/** The path of a request relative to the version root, without query, for people. */
export function pathOf(url: string): string {
  const { pathname } = new URL(url);
  const versionEnd = pathname.indexOf("/v1.0/");
  return versionEnd === -1 ? pathname : pathname.slice(versionEnd + "/v1.0".length);
}
