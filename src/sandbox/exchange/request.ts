import { isObject } from "../tenant/tenant.ts";
import type { Json, JsonObject } from "../tenant/tenant.ts";
import { segmentsOf } from "../wire/request.ts";
import type { Sent } from "../wire/request.ts";
import type { ExchangeRequest } from "../wire/wire.ts";
import { invalidOperation } from "./exchange-problem.ts";

/**
 * Parses a request under `/adminapi`, valid or not; null for any other.
 *
 * @throws {GraphProblem} for a path that is not encoded correctly
 */
export function exchangeRequestFrom(url: string, sent: Sent): ExchangeRequest | null {
  const [, root, path, search = ""] = /^(https?:\/\/[^/?]+\/adminapi)(\/[^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  if (root === undefined || path === undefined) return null;
  const { method, body } = sent;
  const headers = Object.fromEntries(
    Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const segments = segmentsOf(path);
  const { cmdlet, parameters } = glance(bodyText(body));
  return { service: "exchange", method, root, path, segments, search, headers, body, cmdlet, parameters };
}

export function bodyText(body: ExchangeRequest["body"]): string {
  return typeof body === "string" ? body : Buffer.from(body ?? "").toString();
}

function glance(text: string): Pick<ExchangeRequest, "cmdlet" | "parameters"> {
  try {
    const { cmdlet, parameters } = envelope(text);
    return { cmdlet, parameters };
  } catch {
    return { cmdlet: "", parameters: {} };
  }
}

/** Parses the body's envelope, whose keys are case-sensitive. @throws {ExchangeProblem} when it is malformed */
export function envelope(text: string): { readonly cmdlet: string; readonly parameters: JsonObject } {
  const json = parsed(text);
  const input = isObject(json) ? json["CmdletInput"] : undefined;
  if (!isObject(json) || !isObject(input) || hasOther(json, ["CmdletInput"])) throw invalidOperation();
  const { CmdletName: cmdlet, Parameters: parameters } = input;
  if (typeof cmdlet !== "string" || cmdlet === "" || !isObject(parameters)) throw invalidOperation();
  if (hasOther(input, ["CmdletName", "Parameters"])) throw invalidOperation();
  return { cmdlet, parameters };
}

function hasOther(object: JsonObject, keys: readonly string[]): boolean {
  return Object.keys(object).some((key) => !keys.includes(key));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json; // the type of all JSON
  } catch {
    throw invalidOperation();
  }
}
