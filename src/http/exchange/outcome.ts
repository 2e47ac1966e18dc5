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

/** The body of a cmdlet that was carried out; null where it had nothing to say. */
export type Body = Readonly<Record<string, unknown>> | null;

/** Something in the way, as an error and as what follows from it. */
export interface Trouble {
  readonly error: ExchangeError;
  readonly obstacle: Obstacle;
}

/** Exchange's directory did not take it; that it ever will is less likely than with the rest. */
const maxDirectoryAttempts = 3;

/** What an answer comes to. One that says 200 may hold a failure, or be none. */
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
  return { body: body as Body }; // an object, as was just seen
}

/** What it comes to that no answer came. */
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
const noRows: Said = { exception: "", text: "Exchange answered without the rows that were asked for." };

/**
 * Somebody else answered in Exchange's place, and would again; but a gateway before Exchange says by a page, too, that
 * Exchange is not there for the moment or that the token is no good.
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

/** A cmdlet that complained and yet ended may have done a part, and one whose answer was replaced all of it. */
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
