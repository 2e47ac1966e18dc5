import { GraphError } from "./graph.ts";
import type { NetworkFailure } from "../network-failure.ts";
import { obstacleOf } from "../retry.ts";
import { pathOf } from "./send.ts";
import type { Answer, WireRequest } from "./send.ts";
import type { AuthError } from "../token.ts";
import { withoutSecrets } from "../without-secrets.ts";

/** Whose failure it is. */
export type Asked = Pick<WireRequest, "method" | "url">;

/** What an answer other than a success says; Graph's own code and message where it gave them. */
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

/** A failure without a usable answer of the service. */
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

/** A failed sign-in, told as if Graph itself had refused the request: who reads Graph meets one kind of error. */
export function signInRefused(error: AuthError, asked: Asked): GraphError {
  const failure = { code: error.code, message: error.message, sent: false };
  return failureWithout(failure, asked, { status: error.reached ? 401 : 0, cause: error });
}

/** Graph's error in all the shapes seen: with `innerError` or `innererror` or none, empty, or a web page (null). */
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
  return (value as Readonly<Record<string, unknown>>)[name]; // any object may be asked for any name
}

function text(value: unknown): string {
  return typeof value === "string" ? withoutSecrets(value) : "";
}
