import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject } from "ajv/dist/2020.js";
import type { Diagnostic } from "../model/diagnostic.ts";
import { chooseBranches } from "./choose-branches.ts";
import type { Path } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { schemaReport } from "./schema-report.ts";
import type { Written } from "./written.ts";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../schemas/galops.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ allErrors: true, strictTypes: false, verbose: true });
const validate = ajv.compile(chooseBranches(isRecord(schema) ? schema : {}));

/** Of a config with more problems than that nobody reads the rest. */
const mostProblems = 100;

/** Something that is not as the schema asks. */
export interface SchemaProblem {
  readonly path: Path;
  readonly diagnostic: Diagnostic;
}

/**
 * Everything in which a config is not of the form that the schema asks for, one problem for each value; at most 100.
 *
 * @param value - what is written, with what it refers to put in
 * @param isUnknown - whether a value could not be looked up, so that nothing can be said of it
 */
export function checkSchema(
  value: unknown,
  written: Written,
  isUnknown: (path: Path) => boolean,
): readonly SchemaProblem[] {
  if (validate(value)) return [];
  const problems = new Map<string, SchemaProblem>();
  for (const error of validate.errors ?? []) {
    const path = pathOf(error, value);
    // What is wrong inside of these is said by the error of the whole.
    if (error.keyword === "if" || error.keyword === "propertyNames" || isUnknown(path)) continue;
    const { part, ...report } = schemaReport(error, path);
    const id = JSON.stringify([path, part === "key" ? report.detail : "value"]);
    if (problems.has(id)) continue;
    problems.set(id, { path, diagnostic: written.report(path, report, part) });
    if (problems.size === mostProblems) break;
  }
  return [...problems.values()];
}

/** The path of the value that an error is about (of the key, where it is unknown); a step into a list is a number. */
function pathOf({ instancePath, keyword, params, propertyName }: ErrorObject, root: unknown): Path {
  const path: (string | number)[] = [];
  let value: unknown = root;
  for (const raw of instancePath.split("/").slice(1)) {
    const step = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) {
      path.push(Number(step));
      value = value[Number(step)];
    } else {
      path.push(step);
      value = isRecord(value) ? value[step] : undefined;
    }
  }
  if (keyword === "additionalProperties") path.push(String(params["additionalProperty"]));
  if (propertyName !== undefined) path.push(propertyName);
  return path;
}
