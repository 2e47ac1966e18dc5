import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject } from "ajv/dist/2020.js";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path } from "./config-file.ts";
import { nearestName } from "./nearest-name.ts";
import type { Written } from "./written.ts";

const ajv = new Ajv2020({ allErrors: true, strictTypes: false, verbose: true });
const schemaFile = new URL("../../schemas/galops.schema.json", import.meta.url);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")) as object);

/** Config that a later version of galops will know; a typo it is not. */
const later: ReadonlySet<string> = new Set([
  "mesh",
  "adopt",
  "deletion",
  "approval",
  "ownedDomains",
  "control",
  "stamp",
  "publicDomains",
]);

/** Everything in which the config is not of the form that the schema asks for. */
export function checkSchema(written: Written): readonly Diagnostic[] {
  if (validate(written.value)) return [];
  const errors = validate.errors ?? [];
  // What is wrong inside one branch of an anyOf is said better by the anyOf itself.
  const told = errors.filter((error) => !/\/anyOf\/\d/.test(error.schemaPath));
  return told.map((error) => report(error, written));
}

function report(error: ErrorObject, written: Written): Diagnostic {
  const path = pathOf(error.instancePath, written.value);
  if (error.keyword === "additionalProperties") return unknownKey(error, path, written);
  const where = path.length === 0 ? "The config" : path.join(".");
  const summaryAndDetail = wrongValue(error, where);
  const part = error.keyword === "required" ? "key" : "value";
  return written.report(path, summaryAndDetail, part);
}

function unknownKey(error: ErrorObject, path: Path, written: Written): Diagnostic {
  const key = String(error.params["additionalProperty"]);
  const at = [...path, key];
  if (later.has(key)) {
    const detail = `${at.join(".")} is not supported by this version of galops.`;
    return written.report(
      at,
      { code: "not-supported", summary: "Not supported by this version", detail },
      "key",
    );
  }
  const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
  const meant = nearestName(key, known);
  const hint = meant === null ? `Possible here: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  const detail = `${path.length === 0 ? "A config" : path.join(".")} has no "${key}". ${hint}`;
  return written.report(at, { code: "unknown-key", summary: "Unknown key", detail }, "key");
}

function wrong(detail: string): { code: string; summary: string; detail: string } {
  return { code: "invalid-value", summary: "Invalid value", detail };
}

function wrongValue(error: ErrorObject, where: string): { code: string; summary: string; detail: string } {
  switch (error.keyword) {
    case "required": {
      const detail = `${where} needs "${String(error.params["missingProperty"])}".`;
      return { code: "missing-key", summary: "A key is missing", detail };
    }
    case "enum": {
      const allowed = (error.params["allowedValues"] as unknown[]).map(String);
      if (error.data === "mail-contacts") {
        const detail = "The target mail-contacts is not supported by this version of galops.";
        return { code: "not-supported", summary: "Not supported by this version", detail };
      }
      const meant = nearestName(String(error.data), allowed);
      return wrong(
        `${where} must be one of: ${allowed.join(", ")}.${meant === null ? "" : ` Did you mean "${meant}"?`}`,
      );
    }
    case "const":
      return wrong(`${where} must be ${JSON.stringify(error.params["allowedValue"])}.`);
    case "type":
      return wrong(`${where} must be ${typeName(error.params["type"])}, but is ${typeOf(error.data)}.`);
    case "anyOf":
      return wrong(
        /\/limits\//.test(error.instancePath)
          ? `${where} must be a number of people, or a share such as "5%".`
          : `${where} must be an expression (text), null, or { value, policy } with one of the policies overwrite, fill, create-only, keep-edits, clear.`,
      );
    default:
      return wrong(`${where} ${error.message ?? "is not valid"}.`);
  }
}

function typeName(type: unknown): string {
  const names: Record<string, string> = {
    object: "a map",
    array: "a list",
    string: "text",
    boolean: "true or false",
    integer: "a whole number",
  };
  return [type]
    .flat()
    .map((name) => names[String(name)] ?? String(name))
    .join(" or ");
}

function typeOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  const names: Record<string, string> = {
    object: "a map",
    string: "text (put no quotes around it if it is meant otherwise)",
    boolean: "true or false",
    number: "a number (put it in quotes if it is text)",
  };
  return names[typeof value] ?? typeof value;
}

/** A JSON pointer as a path; a step into a list is a number. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = [];
  let value: unknown = root;
  for (const raw of pointer.split("/").slice(1)) {
    const step = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(value) ? Number(step) : step);
    value =
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined;
  }
  return path;
}
