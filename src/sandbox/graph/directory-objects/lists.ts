import { isNavigation } from "../../odata/edm.ts";
import { directoryKinds } from "../../tenant/tenant.ts";
import type { DirectoryKind, Entry, Json, TenantState } from "../../tenant/tenant.ts";
import { badRequest, GraphProblem, notModelled, unsupportedQuery } from "../../wire/graph-problem.ts";
import { jsonAnswer } from "../../wire/wire.ts";
import type { WireAnswer, GraphRequest } from "../../wire/wire.ts";
import { nextQuery, pageSize, parseQuery } from "../query.ts";
import type { Expansion, OptionName, Query } from "../query.ts";
import { directoryFilter, directoryOrder } from "./filters.ts";
import { chosenProperties, rendered } from "./values.ts";

const listOptions: readonly OptionName[] = [
  "$select",
  "$expand",
  "$filter",
  "$orderby",
  "$top",
  "$skip",
  "$skiptoken",
  "$count",
];

/** @param list - `cast`: whether the path casts to a type, which makes every query an advanced one */
export function listEntries(
  state: TenantState,
  request: GraphRequest,
  entries: Iterable<Entry>,
  list: { readonly kind: DirectoryKind; readonly cast: boolean },
): WireAnswer {
  const { kind, cast } = list;
  const query = parseQuery(request.search, listOptions);
  const properties = chosenProperties(kind, query.select, "collection");
  const filter = query.filter === null ? null : directoryFilter(query.filter, kind);
  const order = directoryOrder(query.orderby, kind);
  const eventual = isEventual(request, query);
  const sortsFiltered = filter !== null && query.orderby.length > 0;
  if ((cast || filter?.advanced === true || sortsFiltered) && !eventual) throw unsupportedQuery();
  const expand = managerExpansion(kind, query.expand);
  if (expand !== null && eventual) {
    throw unsupportedQuery("Request with $expand is not supported in advanced queries.");
  }

  const found = filter === null ? [...entries] : [...entries].filter((entry) => filter.matches(entry));
  if (query.orderby.length > 0) found.sort(order);
  return page(request, query, found, eventual, (entry) => ({
    ...rendered(kind, entry, properties),
    ...expandedManager(state, entry, expand),
  }));
}

/** Lists members of all kinds, each with its type. */
export function listMixed(
  request: GraphRequest,
  members: readonly { readonly kind: DirectoryKind; readonly entry: Entry }[],
): WireAnswer {
  const query = parseQuery(request.search, ["$select", "$top", "$skip", "$skiptoken", "$count"]);
  const eventual = isEventual(request, query);
  return page(request, query, members, eventual, ({ kind, entry }) => ({
    "@odata.type": `#microsoft.graph.${kind}`,
    ...rendered(kind, entry, chosenOfMixed(kind, query.select)),
  }));
}

/** The selected properties that this kind has: with several kinds, not all need to have each property. */
function chosenOfMixed(kind: DirectoryKind, select: readonly string[] | null): readonly string[] {
  if (select === null) return chosenProperties(kind, null, "collection");
  return select.filter((name) => {
    try {
      return chosenProperties(kind, [name], "collection").length > 0;
    } catch (error) {
      if (error instanceof GraphProblem) return false;
      throw error;
    }
  });
}

/** Answers with a single object. */
export function oneEntry(
  state: TenantState,
  request: GraphRequest,
  entry: Entry,
  object: { readonly kind: DirectoryKind; readonly typed: boolean },
): WireAnswer {
  const query = parseQuery(request.search, ["$select", "$expand"]);
  const properties = chosenProperties(object.kind, query.select, "single");
  const expand = managerExpansion(object.kind, query.expand);
  const body = {
    "@odata.context": `${request.root}/$metadata#${object.kind}s/$entity`,
    ...(object.typed ? { "@odata.type": `#microsoft.graph.${object.kind}` } : {}),
    ...rendered(object.kind, entry, properties),
    ...expandedManager(state, entry, expand),
  };
  return jsonAnswer(200, JSON.stringify(body));
}

function isEventual({ headers }: GraphRequest, { count }: Query): boolean {
  return headers["consistencylevel"]?.toLowerCase() === "eventual" && count;
}

function managerExpansion(kind: DirectoryKind, expand: readonly Expansion[]): Expansion | null {
  for (const { navigation, filter } of expand) {
    if (!isNavigation(kind, navigation)) {
      throw badRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${navigation}' on type 'microsoft.graph.${kind}'.`,
      );
    }
    if (navigation !== "manager") throw notModelled(`$expand=${navigation}`);
    if (filter !== null) throw badRequest("$filter is not supported within $expand=manager.");
  }
  if (expand.length > 1) throw badRequest("Only one property can be expanded at a time.");
  return expand[0] ?? null;
}

function expandedManager(
  state: TenantState,
  entry: Entry,
  expand: Expansion | null,
): { readonly manager?: Record<string, Json> } {
  const manager = expand === null ? null : managerOf(state, entry);
  if (expand === null || manager === null) return {};
  const properties = chosenProperties(manager.kind, expand.select, "collection");
  const type = `#microsoft.graph.${manager.kind}`;
  return { manager: { "@odata.type": type, ...rendered(manager.kind, manager.entry, properties) } };
}

export function managerOf(
  state: TenantState,
  { manager = "" }: Entry,
): { readonly kind: DirectoryKind; readonly entry: Entry } | null {
  for (const kind of ["user", "orgContact"] as const) {
    const entry = state[directoryKinds[kind]].get(manager);
    if (entry !== undefined) return { kind, entry };
  }
  return null;
}

const tokenStart = "sandbox-page-";

function page<Item>(
  request: GraphRequest,
  query: Query,
  items: readonly Item[],
  eventual: boolean,
  render: (item: Item) => object,
): WireAnswer {
  if (query.skip !== null) throw badRequest("'$skip' is not supported by the service.");
  const size = pageSize(query, { usual: 100, most: 999 });
  const from = placeIn(query.skiptoken);
  const end = from + size;
  const token = Buffer.from(`${tokenStart}${end}`).toString("base64url");
  const next = `${request.root}${request.path}?${nextQuery(query, ["$skiptoken", token])}`;
  const body = {
    "@odata.context": `${request.root}/$metadata#directoryObjects`,
    ...(eventual && from === 0 ? { "@odata.count": items.length } : {}),
    ...(end < items.length ? { "@odata.nextLink": next } : {}),
    value: items.slice(from, end).map((item) => render(item)),
  };
  return jsonAnswer(200, JSON.stringify(body));
}

function placeIn(token: string | null): number {
  if (token === null) return 0;
  const text = Buffer.from(token, "base64url").toString();
  if (text.startsWith(tokenStart)) return Number(text.slice(tokenStart.length));
  throw new GraphProblem(
    400,
    "Directory_ExpiredPageToken",
    "The specified page token value has expired and can no longer be included in your request.",
  );
}
