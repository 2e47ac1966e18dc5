import { exchangeAdvice } from "../../http/exchange/advice.ts";
import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeErrorKind } from "../../http/exchange/exchange.ts";
import { BookError } from "../../model/book.ts";
import type { ChangeProblem } from "../../model/plan.ts";

/** Errors that concern the whole tenant: any further request would be refused, too. */
const ofTheTenant: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "wrong-organization",
  "sign-in",
  "no-app-role",
  "no-permission",
  "throttled",
  "unreachable",
  "foreign-link",
]);

/** Converts the error of a failed reading to a BookError that explains it. Other errors are returned unchanged. */
export function asBookError(error: unknown): unknown {
  if (!(error instanceof ExchangeError)) return error;
  const { code, message } = exchangeAdvice(error);
  const { requestId } = error;
  return new BookError({ severity: "error", code, message, requestId }, error);
}

/** The problem of a change that Exchange refused. */
export function problemOf(error: ExchangeError): ChangeProblem {
  const { code, message } = exchangeAdvice(error);
  return { code, message, requestId: error.requestId };
}

/** Whether the error means that nothing else can be written in this tenant either. */
export function isForAll(kind: ExchangeErrorKind): boolean {
  return ofTheTenant.has(kind);
}
