import { exchangeAdvice } from "../../http/exchange/advice.ts";
import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeErrorKind } from "../../http/exchange/exchange.ts";
import { BookError } from "../../model/book.ts";
import type { ChangeProblem } from "../../model/plan.ts";

/** What is wrong with all of a tenant: whatever is asked next would be refused alike. */
const ofTheTenant: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "wrong-organization",
  "sign-in",
  "no-app-role",
  "no-permission",
  "throttled",
  "unreachable",
  "foreign-link",
]);

/** For mail contacts that could not be read: says what Exchange's refusal means. Anything else comes back as it is. */
export function asBookError(error: unknown): unknown {
  if (!(error instanceof ExchangeError)) return error;
  const { code, message } = exchangeAdvice(error);
  const { requestId } = error;
  return new BookError({ severity: "error", code, message, requestId }, error);
}

/** Why a change was not made. */
export function problemOf(error: ExchangeError): ChangeProblem {
  const { code, message } = exchangeAdvice(error);
  return { code, message, requestId: error.requestId };
}

/** Whether nothing else can be written in this tenant, either. */
export function isForAll(kind: ExchangeErrorKind): boolean {
  return ofTheTenant.has(kind);
}
