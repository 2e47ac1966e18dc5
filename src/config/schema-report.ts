import type { ErrorObject } from "ajv/dist/2020.js";
import type { Path, Report } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { nearestName } from "../text/nearest-name.ts";
import { shortName } from "../text/short-name.ts";

/** What a later version of galops will know; a typo it is not. */
const laterKeys: ReadonlySet<string> = new Set(["adopt"]);
const laterKinds: ReadonlySet<unknown> = new Set(["ldap"]);

type SchemaReport = Report & { readonly part: "key" | "value" };

/** What is said of an error of the schema. Never with the value: it may be a secret. */
export function schemaReport(error: ErrorObject, path: Path): SchemaReport {
  const where = path.length === 0 ? "A config" : shown(path);
  if (error.propertyName !== undefined)
    return { ...invalid(`The name ${where} ${rule(error)}.`), part: "key" };
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(error, path);
    case "required": {
      const detail = `${where} needs ${String(error.params["missingProperty"])}, and has none.`;
      return { code: "missing-key", summary: "A key is missing", detail, part: "key" };
    }
    case "const":
    case "enum":
      return { ...oneOf(error, where), part: "value" };
    case "type":
      return { ...wrongType(error, path), part: "value" };
    default:
      return { ...invalid(`${where} ${rule(error)}.`), part: "value" };
  }
}

/** A path as it is spoken of; a key may be as long as its file. */
function shown(path: Path): string {
  return path.map((step) => shortName(String(step))).join(".");
}

function unknownKey({ params, parentSchema }: ErrorObject, path: Path): SchemaReport {
  const key = String(params["additionalProperty"]);
  const around = path.length === 1 ? "A config" : shown(path.slice(0, -1));
  if (laterKeys.has(key)) return { ...notSupported(shown(path)), part: "key" };
  const properties: unknown = parentSchema?.["properties"];
  // A tenant without `sandbox` is taken for one of Microsoft's, which has none.
  const others = path[0] === "tenants" && path.length === 3 ? ["sandbox"] : [];
  const known = [...new Set([...(isRecord(properties) ? Object.keys(properties) : []), ...others])];
  const meant = nearestName(key, known);
  const possible = known.length > 12 ? `${known.slice(0, 12).join(", ")}, …` : known.join(", ");
  const hint = meant === null ? `Possible here: ${possible}.` : `Did you mean "${meant}"?`;
  const detail = `${around} has no key "${shortName(key)}", so it would have no effect. ${hint}`;
  return { code: "unknown-key", summary: "Unknown key", detail, part: "key" };
}

function notSupported(what: string): Report {
  return {
    code: "not-supported",
    summary: "Not supported by this version",
    detail: `${what} is not supported by this version of galops. Take it out, or use a version that knows it.`,
  };
}

function oneOf({ data, keyword, params, instancePath }: ErrorObject, where: string): Report {
  if (laterKinds.has(data) && instancePath.endsWith("/kind")) return notSupported(`The kind ${String(data)}`);
  const allowed = (keyword === "const" ? [params["allowedValue"]] : allowedValues(params)).map(String);
  const meant = typeof data === "string" ? (nearestName(data, allowed) ?? onlyLonger(data, allowed)) : null;
  const hint = meant === null ? "" : meant === data ? " Take the quotes away." : ` Did you mean "${meant}"?`;
  const [only] = allowed;
  return invalid(
    allowed.length === 1
      ? `${where} must be ${only}.${hint}`
      : `${where} must be one of ${allowed.join(", ")}.${hint}`,
  );
}

/** `upsert` where upsert-only is meant. */
function onlyLonger(text: string, allowed: readonly string[]): string | null {
  const [only, ...others] = text === "" ? [] : allowed.filter((one) => one.startsWith(text));
  return only === undefined || others.length > 0 ? null : only;
}

function allowedValues(params: ErrorObject["params"]): readonly unknown[] {
  const values: unknown = params["allowedValues"];
  return Array.isArray(values) ? values : [];
}

function wrongType({ data, params, parentSchema }: ErrorObject, path: Path): Report {
  const wanted = wordsOf(parentSchema) ?? typeNames(params["type"]);
  const isDays = path.at(-1) === "grace" && typeof data === "number";
  const hint = isExpression(path) && data !== null ? expressionHint : hintFor(data, params["type"]);
  if (isDays) return invalid(`${shown(path)} must be ${wanted}. Put a d behind the number, for days.`);
  return invalid(`${shown(path) || "A config"} must be ${wanted}, but is ${typeOf(data)}.${hint}`);
}

function isExpression([collection, , key, field, part]: Path): boolean {
  if (key === "where") return true;
  return collection === "syncs" && key === "fields" && field !== undefined && (part ?? "value") === "value";
}

const expressionHint =
  " YAML takes words such as true, numbers, and what begins with a bracket or a brace for something else than text: put the expression in quotes, or behind >- on a line of its own.";

function hintFor(data: unknown, wanted: unknown): string {
  if (wanted === "string" && (typeof data === "number" || typeof data === "boolean"))
    return " Put it in quotes.";
  if (wanted === "boolean" && /^(?:yes|no|on|off)$/i.test(String(data)))
    return " YAML knows true and false only; yes and no are text.";
  if (wanted === "array" && typeof data === "string") return " Put it in brackets, as a list of one.";
  return "";
}

function rule({ keyword, params, parentSchema }: ErrorObject): string {
  const limit = String(params["limit"]);
  switch (keyword) {
    case "minLength":
      return "must not be empty";
    case "maxLength":
      return `must have ${limit} characters at most`;
    case "minItems":
      return "must name at least one";
    case "minProperties":
      return limit === "2" ? "must name at least two tenants" : "must name at least one";
    case "maxProperties":
      return `must name at most ${limit} tenants`;
    case "minimum":
      return `must not be less than ${limit}`;
    case "uniqueItems":
      return "names the same thing twice";
    default:
      return `must be ${wordsOf(parentSchema) ?? "of another form"}`;
  }
}

/** The words with which the schema explains a pattern or a choice. */
function wordsOf(schema: ErrorObject["parentSchema"]): string | null {
  const words: unknown = schema?.["$comment"];
  return typeof words === "string" ? words : null;
}

function invalid(detail: string): Report {
  return { code: "invalid-value", summary: "Invalid value", detail };
}

const typesInWords: ReadonlyMap<unknown, string> = new Map([
  ["object", "a map"],
  ["array", "a list"],
  ["string", "text"],
  ["boolean", "true or false"],
  ["integer", "a whole number"],
  ["null", "null"],
]);

function typeNames(types: unknown): string {
  return [types]
    .flat()
    .map((type) => typesInWords.get(type) ?? String(type))
    .join(" or ");
}

function typeOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a number with a fraction";
  return typesInWords.get(typeof value) ?? typeof value;
}
