import type { NoAnswer } from "../no-answer.ts";
import { retryAfterMs } from "../retry-after.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { isWebPage, webPageInstead } from "../web-page.ts";
import { maxAttempts, maxConnectAttempts } from "../retry.ts";
import type { Obstacle } from "../retry.ts";
import type { Call, Reply } from "./call.ts";
import { kindOf, mayPass, outcomeOf } from "./classify.ts";
import { ExchangeError } from "./exchange.ts";
import type { ExchangeErrorKind } from "./exchange.ts";
import { exceptionOf, field, parsed, saidBy, saidInAnswer } from "./said.ts";
import type { Said } from "./said.ts";

/** The body of a successful answer; null when empty. */
export type Body = Readonly<Record<string, unknown>> | null;

/** A failed attempt: the error, and what matters for a retry. */
export interface Trouble {
  readonly error: ExchangeError;
  readonly obstacle: Obstacle;
}

/** Attempts when the directory rejects a write: that is less likely to be temporary than other failures. */
const maxDirectoryAttempts = 3;

/** Classifies an answer. Even one with status 200 may contain a failure or be unreadable. */
export function outcomeIn(reply: Reply, call: Call, now: number): { readonly body: Body } | Trouble {
  if (isWebPage(reply.text)) return pageOf(reply, call, now);
  if (reply.status < 200 || reply.status >= 300) return refusal(reply, call, now);
  if (reply.text.trim() === "" && call.isWrite) return { body: null };
  const body = parsed(reply.text);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const said = saidBy(reply.text, body);
    const throttled = kindOf(reply.status, said) === "throttled";
    return troubleOf(
      throttled ? "throttled" : "malformed-answer",
      throttled ? said : noJson,
      reply,
      call,
      now,
    );
  }
  if (typeof field(body, "error") === "object" && field(body, "error") !== null)
    return refusal(reply, call, now);
  const errors = field(body, "@adminapi.errors");
  if (Array.isArray(errors) && errors.length > 0) {
    const said = saidInAnswer(errors[0]);
    return asUnknown(troubleOf(kindOf(reply.status, said), said, reply, call, now));
  }
  const hasRows = Array.isArray(field(body, "value"));
  if (!call.isWrite && !hasRows) return troubleOf("malformed-answer", noRows, reply, call, now);
  return { body: body as Body }; // checked above to be an object
}

/** Classifies a missing answer. */
export function outcomeWithout({ failure, cause }: NoAnswer, { cmdlet }: Call): Trouble {
  const outcome = failure.sent ? "unknown" : "refused";
  const { message, passing } = failure;
  return {
    error: new ExchangeError({ kind: "unreachable", message, cmdlet, outcome, cause }),
    obstacle: {
      passing,
      outcome,
      retryAfterMs: null,
      maxAttempts: failure.sent ? maxAttempts : maxConnectAttempts,
    },
  };
}

const noJson: Said = { exception: "", text: "Exchange answered with something that is not JSON." };
const noRows: Said = { exception: "", text: "Exchange's answer does not contain the requested rows." };

/**
 * Classifies a web page. Usually another server answered in Exchange's place and would do so again; but a gateway in
 * front of Exchange also sends a page when Exchange is temporarily down or the token is refused.
 */
function pageOf(reply: Reply, call: Call, now: number): Trouble {
  const { status } = reply;
  const said: Said = { exception: "", text: webPageInstead(new URL(call.url).host) };
  const kind = status >= 400 ? kindOf(status, said) : "unreachable";
  if (mayPass(kind) || kind === "no-app-role") return troubleOf(kind, said, reply, call, now);
  return asUnknown(troubleOf("unreachable", said, reply, call, now));
}

function refusal(reply: Reply, call: Call, now: number): Trouble {
  const said = saidBy(reply.text, parsed(reply.text));
  const named =
    said.exception === ""
      ? { ...said, exception: exceptionOf(reply.headers.get("x-exceptiontype") ?? "") }
      : said;
  const spoken = named.text === "" ? { ...named, text: inDiagnostics(reply) } : named;
  return troubleOf(kindOf(reply.status, spoken), spoken, reply, call, now);
}

function troubleOf(kind: ExchangeErrorKind, said: Said, reply: Reply, call: Call, now: number): Trouble {
  const { status, headers } = reply;
  const outcome = outcomeOf(kind, status);
  const error = new ExchangeError({
    kind,
    message: said.text === "" ? `Exchange answered ${status} and gave no reason.` : said.text,
    cmdlet: call.cmdlet,
    exception: said.exception,
    status,
    requestId: headers.get("request-id") ?? "",
    outcome,
  });
  const attempts = kind === "directory-write-failed" ? maxDirectoryAttempts : maxAttempts;
  const wait = retryAfterMs(headers.get("retry-after"), now);
  return { error, obstacle: { passing: mayPass(kind), outcome, retryAfterMs: wait, maxAttempts: attempts } };
}

/**
 * Marks the outcome as unknown: a cmdlet that reported errors in a successful answer may have done a part, and one
 * whose answer was replaced by a page may have done everything.
 */
function asUnknown({ error, obstacle }: Trouble): Trouble {
  const { kind, message, cmdlet, exception, status, requestId } = error;
  const outcome = kind === "throttled" ? "refused" : "unknown";
  return {
    error: new ExchangeError({ kind, message, cmdlet, exception, status, requestId, outcome }),
    obstacle: { ...obstacle, outcome },
  };
}

function inDiagnostics({ headers }: Reply): string {
  return withoutSecrets(headers.get("x-ms-diagnostics") ?? "")
    .replaceAll(/[^\x20-\x7e]/g, "")
    .slice(0, 300);
}
