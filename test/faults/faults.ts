import type { SeededRandom } from "../../src/sandbox/cast/seeded-random.ts";
import type { Fault } from "../../src/sandbox/sandbox.ts";
import type { ExchangeRequest, GraphRequest } from "../../src/sandbox/wire/wire.ts";

export type ServiceRequest = GraphRequest | ExchangeRequest;

/** What can go wrong with a request; each is one way in which Graph or Exchange, or the network, has been seen to fail. */
export const faultNames = [
  "reset-before",
  "reset-after",
  "throttled",
  "throttled-fraction",
  "throttled-date",
  "throttled-silent",
  "unavailable",
  "gateway-timeout",
  "server-error",
  "bad-gateway",
  "truncated",
  "html",
  "unauthorized",
] as const;
export type FaultName = (typeof faultNames)[number];

/** Which request it is, whatever it is about: the method and path with stars for ids, or the name of a cmdlet. */
export function kindOf(request: ServiceRequest): string {
  if (request.service === "exchange") return request.cmdlet;
  const known = new Set(
    "users groups contacts contactFolders childFolders members transitiveMembers manager photo $value $batch delta".split(
      " ",
    ),
  );
  const segments = request.segments.map((segment) => (known.has(segment) ? segment : "*"));
  return `${request.method} /${segments.join("/")}`;
}

/** Whether the request would change something. A batch is judged by what is in it. */
export function isWrite(request: ServiceRequest): boolean {
  if (request.service === "exchange") return /^(?:New|Set|Remove)-/.test(request.cmdlet);
  return request.method !== "GET" && !request.path.endsWith("/$batch");
}

export function faultOf(name: FaultName, request: ServiceRequest, now: number): Fault {
  switch (name) {
    case "reset-before":
    case "reset-after":
      return name;
    case "throttled":
      return refusal(request, 429, "TooManyRequests", { "Retry-After": "3" });
    case "throttled-fraction":
      return refusal(request, 429, "ApplicationThrottled", { "Retry-After": "0.5" });
    case "throttled-date":
      return refusal(request, 429, "TooManyRequests", { "Retry-After": new Date(now + 5000).toUTCString() });
    case "throttled-silent":
      return refusal(request, 429, "TooManyRequests", {});
    case "unavailable":
      return refusal(request, 503, "serviceNotAvailable", {});
    case "gateway-timeout":
      return refusal(request, 504, "UnknownError", {});
    case "server-error":
      return refusal(request, 500, "InternalServerError", {});
    case "bad-gateway":
      return refusal(request, 502, "UnknownError", {});
    case "truncated":
      return new Response('{"value":[{"id":"AAMk', { status: 200 });
    case "html":
      return new Response("<html><body>Sign in to the network</body></html>", { status: 200 });
    case "unauthorized":
      return refusal(request, 401, "InvalidAuthenticationToken", {});
  }
}

/** One in so many requests meets a fault. */
export function chooseFault(random: SeededRandom, oneIn: number): FaultName | null {
  return random.below(oneIn) === 0 ? random.pick(faultNames) : null;
}

function refusal(
  request: ServiceRequest,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>>,
): Response {
  const details = [{ code: "Context", target: "", message: `|Fault.${code}Exception|It failed for a test.` }];
  const error =
    request.service === "exchange"
      ? { code, message: "Error executing cmdlet", details }
      : { code, message: "It failed for a test." };
  return new Response(JSON.stringify({ error }), { status, headers });
}
