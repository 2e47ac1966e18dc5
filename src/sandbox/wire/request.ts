import type { GraphRequest } from "./wire.ts";
import { badRequest, GraphProblem, noSuchSegment } from "./graph-problem.ts";

export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/**
 * Builds a request for the endpoints.
 *
 * @param root - `https://host/v1.0`
 * @param url - path and query after the root
 * @throws {GraphProblem}
 */
export function requestAt(root: string, url: string, sent: Sent): GraphRequest {
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const search = mark === -1 ? "" : url.slice(mark + 1);
  const headers = Object.fromEntries(
    Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { method, body } = sent;
  return { service: "graph", method, root, path, segments: segmentsOf(path), search, headers, body };
}

/**
 * The same from an absolute URL; requires a bearer token, but accepts any.
 *
 * @throws {GraphProblem}
 */
export function requestFrom(url: string, sent: Sent): GraphRequest {
  const pathStart = url.indexOf("/", url.indexOf("//") + 2);
  const [origin, rest] = pathStart === -1 ? [url, ""] : [url.slice(0, pathStart), url.slice(pathStart)];
  const version = /^\/v1\.0(?=[/?]|$)/.exec(rest)?.[0];
  if (version === undefined) throw noSuchSegment(rest.split(/[/?]/)[1] ?? "");
  const request = requestAt(origin + version, rest.slice(version.length), sent);
  if (/^Bearer \S/.test(request.headers["authorization"] ?? "")) return request;
  throw new GraphProblem(401, "InvalidAuthenticationToken", "Access token is empty.");
}

export function segmentsOf(path: string): readonly string[] {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    throw badRequest("The path is not encoded correctly.");
  }
}
