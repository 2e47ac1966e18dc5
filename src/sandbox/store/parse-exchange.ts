import { cmdletNames } from "../tenant/cmdlet-names.ts";
import { keptInExchange } from "../tenant/exchange-properties.ts";
import { accesses, emptyAnswers, errorForms, pagings } from "../tenant/exchange-settings.ts";
import type { ExchangeSettings, Throttle } from "../tenant/exchange-settings.ts";
import type { DirectoryKind, Json, JsonObject } from "../tenant/tenant.ts";
import { asText, countAt, listAt, objectAt, onlyKeys, TenantProblem } from "./json-shape.ts";
import type { JsonPath } from "./json-shape.ts";

/** Checks an object's `exchange`, the properties that only Exchange has. @throws {TenantProblem} */
export function checkExchangeValues(json: Json, kind: DirectoryKind, path: JsonPath): void {
  const values = objectAt(json, path);
  const types = keptInExchange(kind);
  onlyKeys(values, path, [...types.keys()]);
  for (const [name, value] of Object.entries(values)) {
    const [type, at] = [types.get(name), [...path, name]];
    if (type === "flag") flagAt(value, at);
    else if (type === "texts") textsAt(values, name, path);
    else asText(value, at);
    if (name.startsWith("When")) timeAt(value, at);
  }
}

function noCmdlet(path: JsonPath): TenantProblem {
  return new TenantProblem(
    path,
    `The sandbox has no such cmdlet; expected one of ${cmdletNames.join(", ")}.`,
  );
}

type Readers = {
  readonly [Name in keyof ExchangeSettings]: (
    root: JsonObject,
    name: Name,
    path: JsonPath,
  ) => ExchangeSettings[Name];
};

const readers: Readers = {
  acceptedDomains: textsAt,
  access: (root, name, path) => oneOf(root, name, path, accesses),
  cmdlets(root, name, path) {
    const names = textsAt(root, name, path);
    for (const [index, cmdlet] of names.entries()) {
      if (!cmdletNames.some((known) => known === cmdlet)) throw noCmdlet([...path, name, index]);
    }
    return names;
  },
  paging: (root, name, path) => oneOf(root, name, path, pagings),
  pageSize: positiveAt,
  linkLifetime: countAt,
  errorForm: (root, name, path) => oneOf(root, name, path, errorForms),
  replicationLag(root, name, path) {
    const [lag, at] = [objectAt(root[name] ?? {}, [...path, name]), [...path, name]];
    onlyKeys(lag, at, ["anchored", "other"]);
    return { anchored: countAt(lag, "anchored", at), other: countAt(lag, "other", at) };
  },
  creationQuota: countAt,
  throttle: throttleAt,
  concurrency: positiveAt,
  latency(root, name, path) {
    const latency = objectAt(root[name] ?? {}, [...path, name]);
    const at = [...path, name];
    onlyKeys(latency, at, [...cmdletNames, "*"]);
    return Object.fromEntries(Object.keys(latency).map((cmdlet) => [cmdlet, countAt(latency, cmdlet, at)]));
  },
  emptyAnswer: (root, name, path) => oneOf(root, name, path, emptyAnswers),
  recaseDomains: (root, name, path) => flagAt(root[name] ?? false, [...path, name]),
  heldByDeleted: textsAt,
};

/** Reads the settings of Exchange's behavior. @throws {TenantProblem} */
export function exchangeSettingsAt(json: Json, path: JsonPath): Partial<ExchangeSettings> {
  const root = objectAt(json, path);
  const names = Object.keys(readers) as (keyof ExchangeSettings)[];
  onlyKeys(root, path, names);
  const written = names.filter((name) => root[name] !== undefined);
  // Readers return different types.
  return Object.fromEntries(written.map((name) => [name, readers[name](root, name as never, path)]));
}

function throttleAt(root: JsonObject, name: string, path: JsonPath): Throttle | null {
  const at = [...path, name];
  const throttle = objectAt(root[name] ?? {}, at);
  onlyKeys(throttle, at, ["every", "retryAfter", "form"]);
  return {
    every: positiveAt(throttle, "every", at),
    retryAfter: throttle["retryAfter"] === null ? null : countAt(throttle, "retryAfter", at),
    form: oneOf(throttle, "form", at, ["json", "text"]),
  };
}

/** Reads one of the values; the first one is the default. */
function oneOf<Value extends string>(
  root: JsonObject,
  name: string,
  path: JsonPath,
  values: readonly [Value, ...Value[]],
): Value {
  const given = root[name] ?? values[0];
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new TenantProblem([...path, name], `"${name}" must be one of ${values.join(", ")}.`);
}

function positiveAt(root: JsonObject, name: string, path: JsonPath): number {
  const value = countAt(root, name, path);
  if (value > 0) return value;
  throw new TenantProblem(root[name] === undefined ? path : [...path, name], `"${name}" must be 1 or more.`);
}

function flagAt(value: Json, path: JsonPath): boolean {
  if (typeof value === "boolean") return value;
  throw new TenantProblem(path, "Expected true or false here.");
}

function textsAt(root: JsonObject, name: string, path: JsonPath): readonly string[] {
  return listAt(root, name, path).map((item, index) => asText(item, [...path, name, index]));
}

function timeAt(value: Json, path: JsonPath): void {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return;
  throw new TenantProblem(path, "Expected a time like 2026-01-31T12:00:00.000Z here.");
}
