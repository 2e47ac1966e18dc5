import { FilterError, parseFilter } from "./odata-filter.ts";
import type { Filter } from "./odata-filter.ts";
import { Refusal } from "./replies.ts";

/** The query of a request, checked; what a path does not support is refused as Graph does. */
export interface Query {
  readonly select: readonly string[] | null;
  readonly expand: string;
  readonly filter: Filter | null;
  readonly top: number | null;
  readonly skip: number;
  readonly count: boolean;
}

const options: ReadonlySet<string> = new Set([
  "$select",
  "$expand",
  "$filter",
  "$top",
  "$skip",
  "$skiptoken",
  "$count",
  "$orderby",
]);

/** @throws {Refusal} */
export function parseQuery(
  parameters: URLSearchParams,
  known: (property: string) => boolean,
  largestPage: number,
): Query {
  for (const name of parameters.keys()) {
    if (!options.has(name))
      throw new Refusal(400, "Request_UnsupportedQuery", `Unrecognized query parameter '${name}'.`);
  }
  const select =
    parameters
      .get("$select")
      ?.split(",")
      .map((name) => name.trim()) ?? null;
  for (const property of select ?? []) {
    if (!known(property)) {
      throw new Refusal(400, "RequestBroker--ParseUri", `Could not find a property named '${property}'.`);
    }
  }
  return {
    select,
    expand: parameters.get("$expand") ?? "",
    filter: filterOf(parameters.get("$filter")),
    top: numberOf(parameters.get("$top"), largestPage),
    skip: Number(parameters.get("$skip") ?? parameters.get("$skiptoken") ?? 0),
    count: parameters.get("$count") === "true",
  };
}

function filterOf(text: string | null): Filter | null {
  if (text === null) return null;
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) throw new Refusal(400, "Request_UnsupportedQuery", error.message);
    throw error;
  }
}

function numberOf(text: string | null, largest: number): number | null {
  if (text === null) return null;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= largest) return number;
  throw new Refusal(
    400,
    "Request_BadRequest",
    `Invalid page size specified: '${text}'. Must be between 1 and ${largest} inclusive.`,
  );
}

/** Advanced queries need both the header and $count. @throws {Refusal} */
export function checkAdvanced(query: Query, headers: Headers): void {
  if (query.filter?.advanced !== true) return;
  if (headers.get("consistencylevel")?.toLowerCase() === "eventual" && query.count) {
    if (query.expand !== "")
      throw new Refusal(400, "Request_UnsupportedQuery", "$expand is not supported in advanced queries.");
    return;
  }
  throw new Refusal(
    400,
    "Request_UnsupportedQuery",
    "The query needs the header ConsistencyLevel: eventual and $count=true.",
  );
}

/** One page of items and the link to the next. */
export function pageOf<Item>(
  items: readonly Item[],
  query: Query,
  request: { readonly url: URL; readonly size: number; readonly token: "$skip" | "$skiptoken" },
): { readonly items: readonly Item[]; readonly nextLink: string | null } {
  const size = query.top ?? request.size;
  const end = query.skip + size;
  const page = items.slice(query.skip, end);
  if (end >= items.length) return { items: page, nextLink: null };
  const next = new URL(request.url);
  next.searchParams.delete("$skip");
  next.searchParams.delete("$skiptoken");
  next.searchParams.append(request.token, String(end));
  return { items: page, nextLink: next.href };
}
