import { parseFilter } from "../../odata/parser.ts";
import { FilterSyntaxError } from "../../odata/syntax.ts";
import type { FilterNode } from "../../odata/syntax.ts";
import { isObject } from "../../tenant/tenant.ts";
import type { Json } from "../../tenant/tenant.ts";
import { badRequest, invalidProperty, requestBodyRead } from "../../wire/graph-problem.ts";

/** Named properties of items by normalized id: `String {guid in lower case} Name name`. */
export type ExtendedProperties = Readonly<Record<string, string>>;

const types =
  "ApplicationTime|Binary|Boolean|CLSID|Currency|Double|Float|Integer|Long|Short|String|SystemTime";
const guid = String.raw`\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}`;
const named = new RegExp(String.raw`^(${types}) (${guid}) (Name|Id) (.+)$`, "i");
const tagged = new RegExp(String.raw`^(${types}) (0x[0-9a-f]{1,8})$`, "i");

/**
 * Normalizes an id, in which only the name is case-sensitive.
 *
 * @throws {GraphProblem} when it has none of the three forms
 * @see https://learn.microsoft.com/en-us/graph/api/resources/extended-properties-overview
 */
export function propertyId(id: string): string {
  const known = cache.get(id);
  if (known !== undefined) return known;
  const form = named.exec(id);
  const tag = tagged.exec(id);
  if (form === null && tag === null) {
    throw invalidProperty(
      "PropertyId values may only be in one of the following formats: 'MapiPropertyType namespaceGuid Name propertyName', 'MapiPropertyType namespaceGuid Id propertyId' or 'MapiPropertyType propertyTag'.",
    );
  }
  const [type = "", ...rest] = (form ?? tag ?? []).slice(1);
  const [space = "", by = "", name = ""] = rest;
  const typeName = types.split("|").find((one) => one.toLowerCase() === type.toLowerCase()) ?? type;
  const normal =
    form === null
      ? `${typeName} ${space.toLowerCase()}`
      : `${typeName} ${space.toLowerCase()} ${by.toLowerCase() === "name" ? "Name" : "Id"} ${name}`;
  if (cache.size < 1000) cache.set(id, normal);
  return normal;
}

/** A mailbox has few ids, which are used over and over. */
const cache = new Map<string, string>();

/**
 * Applies a write: given ids are replaced, null removes one, others are kept.
 *
 * @throws {GraphProblem}
 */
export function mergedProperties(kept: ExtendedProperties, written: Json): ExtendedProperties {
  if (!Array.isArray(written)) throw requestBodyRead("singleValueExtendedProperties must be a collection.");
  const merged: Record<string, string> = { ...kept };
  for (const item of written as readonly Json[]) {
    const { id, value } = extendedProperty(item);
    if (value === null) delete merged[id];
    else merged[id] = value;
  }
  return merged;
}

function extendedProperty(item: Json): { readonly id: string; readonly value: string | null } {
  if (!isObject(item)) throw requestBodyRead("An extended property must be an object.");
  const { id, value, ...more } = item;
  const unknown = Object.keys(more)[0];
  if (unknown !== undefined) {
    throw requestBodyRead(
      `The property '${unknown}' does not exist on type 'microsoft.graph.singleValueLegacyExtendedProperty'.`,
    );
  }
  if (typeof id !== "string" || (typeof value !== "string" && value !== null)) {
    throw requestBodyRead("An extended property needs an id and a value, both of them text.");
  }
  return { id: propertyId(id), value };
}

/**
 * Parses the ids in `$expand=singleValueExtendedProperties($filter=id eq 'A' or id eq 'B')`.
 *
 * @throws {GraphProblem}
 */
export function expandedIds(filter: string | null): readonly string[] {
  if (filter === null) {
    throw badRequest(
      "$expand=singleValueExtendedProperties needs a $filter that names the properties by id.",
    );
  }
  try {
    return idsIn(parseFilter(filter));
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw badRequest(`Invalid filter clause: ${error.message}`);
    throw error;
  }
}

function idsIn(node: FilterNode): readonly string[] {
  if (node.kind === "logic" && node.operator === "or") return node.operands.flatMap(idsIn);
  const isId =
    node.kind === "compare" &&
    node.operator === "eq" &&
    node.left.kind === "path" &&
    node.left.segments.join("/").toLowerCase() === "id" &&
    node.right.kind === "literal" &&
    typeof node.right.value === "string";
  if (isId && typeof node.right.value === "string") return [propertyId(node.right.value)];
  throw badRequest("Within $expand=singleValueExtendedProperties only id eq '…' is supported, joined by or.");
}

/** Renders the expansion of an item as JSON with a leading comma; "" when it has none of the properties. */
export function expandedJson(properties: ExtendedProperties | undefined, ids: readonly string[]): string {
  if (properties === undefined) return "";
  let items = "";
  for (const id of ids) {
    const value = properties[id];
    if (value === undefined) continue;
    if (items !== "") items += ",";
    items += `{"id":${JSON.stringify(id)},"value":${JSON.stringify(value)}}`;
  }
  return items === "" ? "" : `,"singleValueExtendedProperties":[${items}]`;
}

/** The properties as a collection, for filters. */
export function propertyList(properties: ExtendedProperties | undefined): Json {
  return Object.entries(properties ?? {}).map(([id, value]) => ({ id, value }));
}
