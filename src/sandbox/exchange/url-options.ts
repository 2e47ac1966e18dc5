import { invalidOperation } from "./exchange-problem.ts";

/** The options in a URL's query. */
export interface UrlOptions {
  /** Null for all properties. */
  readonly select: readonly string[] | null;
  readonly skiptoken: string | null;
}

/** @param search - encoded. @throws {ExchangeProblem} for any other option */
export function urlOptions(search: string): UrlOptions {
  const options = [...new URLSearchParams(search)];
  const unknown = options.find(([name]) => name !== "$select" && name !== "$skiptoken");
  if (unknown !== undefined) {
    throw invalidOperation(`The query parameter '${unknown[0]}' is not supported here.`);
  }
  const of = (sought: string): string | null => options.find(([name]) => name === sought)?.[1] ?? null;
  const select = of("$select");
  return {
    select: select === null ? null : select.split(",").map((name) => name.trim()),
    skiptoken: of("$skiptoken"),
  };
}
