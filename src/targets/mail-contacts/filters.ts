import type { ExchangeError } from "../../http/exchange/exchange.ts";
import { quoted } from "../../http/exchange/opath.ts";

/** An OPATH filter for objects that have one of these values. */
export function joinedIn(property: string, values: readonly string[]): string {
  return values.map((value) => `${property} -eq ${quoted(value)}`).join(" -or ");
}

/** The object is not there any more, or not yet. */
export function isContactGone(error: ExchangeError): boolean {
  return error.kind === "not-found" && error.outcome === "refused";
}
