import { badRequest, GraphProblem } from "../wire/graph-problem.ts";

/** The query options of a request, split but not interpreted; null for an absent one. */
export interface Query {
  readonly select: readonly string[] | null;
  readonly expand: readonly Expansion[];
  readonly filter: string | null;
  readonly orderby: readonly Ordering[];
  readonly top: number | null;
  readonly skip: number | null;
  readonly skiptoken: string | null;
  readonly count: boolean;
  /** All options unchanged, for nextLinks: [decoded name, encoded text]. */
  readonly raw: readonly (readonly [string, string])[];
}

export interface Expansion {
  readonly navigation: string;
  readonly select: readonly string[] | null;
  readonly filter: string | null;
}

export interface Ordering {
  readonly property: string;
  readonly descending: boolean;
}

export type OptionName =
  | "$select"
  | "$expand"
  | "$filter"
  | "$orderby"
  | "$top"
  | "$skip"
  | "$skiptoken"
  | "$count";

/**
 * Parses the query options. Unlike OData, ignores none: a caller expects each option to have an effect.
 *
 * @param search - the part after the `?`, encoded
 * @throws {GraphProblem}
 */
export function parseQuery(search: string, allowed: readonly OptionName[]): Query {
  const raw = search === "" ? [] : search.split("&").map((option) => rawOption(option));
  const values = new Map<string, string>();
  for (const [name, text] of raw) {
    if (!allowed.some((known) => known === name)) {
      throw badRequest(`The query parameter '${name}' is not supported here.`);
    }
    if (values.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    values.set(name, decoded(text.slice(text.indexOf("=") + 1)));
  }
  const text = (name: OptionName): string | null => values.get(name) ?? null;
  return {
    select: names(text("$select"), "$select"),
    expand: expansions(text("$expand")),
    filter: text("$filter"),
    orderby: orderings(text("$orderby")),
    top: wholeNumber(text("$top"), "$top"),
    skip: wholeNumber(text("$skip"), "$skip"),
    skiptoken: text("$skiptoken"),
    count: flag(text("$count")),
    raw,
  };
}

function rawOption(option: string): readonly [string, string] {
  const [name = ""] = option.split("=", 1);
  return [decoded(name), option];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw badRequest("The query is not encoded correctly.");
  }
}

function names(text: string | null, option: string): readonly string[] | null {
  if (text === null) return null;
  const list = text.split(",").map((name) => name.trim());
  if (list.includes("")) throw badRequest(`The query option '${option}' has an empty name in it.`);
  return [...new Set(list)];
}

function orderings(text: string | null): readonly Ordering[] {
  return (names(text, "$orderby") ?? []).map((item) => {
    const [, property, direction] = /^([\w/]+)(?: +(asc|desc))?$/.exec(item) ?? [];
    if (property === undefined) throw badRequest(`'${item}' is nothing to order by.`);
    return { property, descending: direction === "desc" };
  });
}

function wholeNumber(text: string | null, option: string): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw badRequest(
    `Invalid value '${text}' for ${option} query option found. The ${option} query option requires a non-negative integer value.`,
  );
}

function flag(text: string | null): boolean {
  if (text === null || text === "false") return false;
  if (text === "true") return true;
  throw badRequest(
    `Invalid value '${text}' for $count query option found. Valid values are 'true' and 'false'.`,
  );
}

/** `manager($select=id,displayName),photo` */
function expansions(text: string | null): readonly Expansion[] {
  if (text === null) return [];
  return splitOutside(text, ",").map((item) => {
    const [, navigation, inner] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(item) ?? [];
    if (navigation === undefined) throw badRequest(`The $expand '${item}' is not understood.`);
    let [select, filter]: [Expansion["select"], Expansion["filter"]] = [null, null];
    for (const option of inner === undefined ? [] : splitOutside(inner, ";")) {
      const [, name, value = ""] = /^\s*(\$\w+)=(.*)$/s.exec(option) ?? [];
      if (name === "$select") select = names(value, "$select");
      else if (name === "$filter") filter = value;
      else throw badRequest(`The option '${option}' is not supported within $expand.`);
    }
    return { navigation, select, filter };
  });
}

/** Splits at separators outside parentheses and quotes. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/**
 * The requested page size.
 *
 * @throws {GraphProblem} when it is out of range
 */
export function pageSize({ top }: Query, page: { readonly usual: number; readonly most: number }): number {
  if (top === null) return page.usual;
  if (top >= 1 && top <= page.most) return top;
  const message = `Invalid page size specified: '${top}'. Must be between 1 and ${page.most} inclusive.`;
  throw new GraphProblem(400, "Request_BadRequest", message);
}

/** The same options with another position to continue from, e.g. `["%24skip", "10"]`. */
export function nextQuery({ raw }: Query, [name, value]: readonly [string, string]): string {
  const kept = raw
    .filter(([option]) => option !== "$skip" && option !== "$skiptoken")
    .map(([, text]) => text);
  return [...kept, `${name}=${value}`].join("&");
}
