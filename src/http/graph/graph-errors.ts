import { GraphError } from "./graph.ts";
import type { NetworkFailure } from "../network-failure.ts";
import { obstacleOf } from "../retry.ts";
import { pathOf } from "./send.ts";
import type { Answer, WireRequest } from "./send.ts";
import type { AuthError } from "../token.ts";
import { withoutSecrets } from "../without-secrets.ts";

/** The request that failed. */
export type Asked = Pick<WireRequest, "method" | "url">;

/** The error for a refusal, with Graph's own code and message if it has them. */
export function refusalBy(
  answer: Answer,
  asked: Asked,
  outcome: GraphError["outcome"] = obstacleOf(answer.status)?.outcome ?? "unknown",
): GraphError {
  const { code, message, requestId } = reasonIn(answer.body);
  return new GraphError({
    method: asked.method,
    path: pathOf(asked.url),
    status: answer.status,
    code: code === "" ? `http-${answer.status}` : code,
    message: message === "" ? `The service answered ${answer.status} and gave no reason.` : message,
    requestId: answer.headers.get("request-id") ?? requestId,
    outcome,
  });
}

/** The error for a request that got no usable answer from the service. */
export function failureWithout(
  failure: Pick<NetworkFailure, "code" | "message" | "sent">,
  asked: Asked,
  more: { readonly status?: number; readonly requestId?: string; readonly cause?: unknown } = {},
): GraphError {
  return new GraphError({
    method: asked.method,
    path: pathOf(asked.url),
    status: more.status ?? 0,
    code: failure.code,
    message: failure.message,
    requestId: more.requestId ?? "",
    outcome: failure.sent ? "unknown" : "refused",
    cause: more.cause,
  });
}

/** The error for a failed sign-in, in the form of a refusal by Graph, so that callers handle only one kind of error. */
export function signInRefused(error: AuthError, asked: Asked): GraphError {
  const failure = { code: error.code, message: error.message, sent: false };
  return failureWithout(failure, asked, { status: error.reached ? 401 : 0, cause: error });
}

/**
 * Reads Graph's error in every shape observed: with `innerError`, `innererror` or neither, empty, or a web page (null).
 */
function reasonIn(body: unknown): { code: string; message: string; requestId: string } {
  const error = field(body, "error");
  const inner = field(error, "innerError") ?? field(error, "innererror");
  return {
    code: text(typeof error === "string" ? error : field(error, "code")),
    message: text(field(error, "message")),
    requestId: text(field(inner, "request-id")),
  };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // any object may be indexed by any name
}

function text(value: unknown): string {
  return typeof value === "string" ? withoutSecrets(value) : "";
}
