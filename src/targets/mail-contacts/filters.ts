import type { ExchangeError } from "../../http/exchange/exchange.ts";
import { quoted } from "../../http/exchange/opath.ts";

/** An OPATH filter for objects whose property has one of these values. */
export function joinedIn(property: string, values: readonly string[]): string {
  return values.map((value) => `${property} -eq ${quoted(value)}`).join(" -or ");
}

/** Whether the object does not exist, or is not visible yet. */
export function isContactGone(error: ExchangeError): boolean {
  return error.kind === "not-found" && error.outcome === "refused";
}
