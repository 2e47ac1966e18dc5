import { isObject } from "../tenant/tenant.ts";
import type { Json, JsonObject } from "../tenant/tenant.ts";
import { missingParameters, notConvertible, notModelled, unknownParameter } from "./exchange-problem.ts";

/**
 * - `text`: null or "" clears;
 * - `texts`: a list replaces, a GenericHashTable adds and removes, null or an empty table clears;
 * - `flag`, `switch`: true or false;
 * - `unmodelled`: a parameter that Exchange has and the sandbox does not.
 */
export type ParameterType = "text" | "texts" | "flag" | "switch" | "count" | "unmodelled";

export interface ParameterSpec {
  readonly type: ParameterType;
  readonly required?: boolean;
}

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** A change to a list of texts. */
export type ListChange =
  | { readonly how: "replace"; readonly items: readonly string[] }
  | { readonly how: "change"; readonly add: readonly string[]; readonly remove: readonly string[] };

export type Bound = string | boolean | number | null | ListChange;

/** Values by parameter name, spelled as in the specs. */
export type Bindings = ReadonlyMap<string, Bound>;

/**
 * Binds parameters to their specs; names are case-insensitive. @throws {ExchangeProblem} for invalid names and values
 */
export function bind(given: JsonObject, specs: ParameterSpecs): Bindings {
  const bound = new Map<string, Bound>();
  for (const [written, value] of Object.entries(given)) {
    const name = Object.keys(specs).find((known) => known.toLowerCase() === written.toLowerCase());
    const spec = name === undefined ? undefined : specs[name];
    if (name === undefined || spec === undefined || bound.has(name)) throw unknownParameter(written);
    bound.set(name, valueOf(name, value, spec.type));
  }
  const missing = Object.keys(specs).filter((name) => {
    const value = bound.get(name) ?? null;
    return specs[name]?.required === true && (value === null || value === "");
  });
  if (missing.length > 0) throw missingParameters(missing);
  return bound;
}

function valueOf(name: string, value: Json, type: ParameterType): Bound {
  switch (type) {
    case "unmodelled":
      throw notModelled(`the parameter ${name}`);
    case "text":
      if (value === null || typeof value === "string") return value;
      throw notConvertible(name, shown(value), "System.String");
    case "flag":
      if (typeof value === "boolean") return value;
      throw notConvertible(name, shown(value), "System.Boolean");
    case "switch":
      if (typeof value === "boolean") return value;
      throw notConvertible(name, shown(value), "System.Management.Automation.SwitchParameter");
    case "count":
      return count(name, value);
    case "texts":
      return listChange(name, value);
  }
}

/** Infinity for `Unlimited`. */
function count(name: string, value: Json): number {
  if (typeof value === "string" && value.toLowerCase() === "unlimited") return Number.POSITIVE_INFINITY;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number > 0) return number;
  throw notConvertible(name, shown(value), "Microsoft.Exchange.Data.Unlimited`1[System.UInt32]");
}

const hashTable = "#Exchange.GenericHashTable";

function listChange(name: string, value: Json): ListChange {
  if (value === null || value === "") return { how: "replace", items: [] };
  if (typeof value === "string") return { how: "replace", items: [value] };
  if (!isObject(value)) return { how: "replace", items: textsIn(name, value) };
  const { "@odata.type": type, ...changes } = value;
  if (type !== hashTable) throw notConvertible(name, "Newtonsoft.Json.Linq.JObject", multiValued);
  const keys = Object.keys(changes);
  if (keys.length === 0) return { how: "replace", items: [] };
  const unknown = keys.find((key) => !["add", "remove"].includes(key.toLowerCase()));
  if (unknown !== undefined) throw notConvertible(name, unknown, multiValued);
  const of = (sought: string): readonly string[] => {
    const found = Object.entries(changes).find(([key]) => key.toLowerCase() === sought)?.[1];
    return found === undefined ? [] : textsIn(name, typeof found === "string" ? [found] : found);
  };
  return { how: "change", add: of("add"), remove: of("remove") };
}

const multiValued = "Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]";

/** An empty list is not accepted: an empty table clears a list. */
function textsIn(name: string, value: Json): readonly string[] {
  const isList = Array.isArray(value) && value.length > 0;
  if (isList && value.every((item: Json) => typeof item === "string")) return value;
  throw notConvertible(name, shown(value), multiValued);
}

function shown(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
