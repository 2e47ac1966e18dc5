import type { ErrorObject } from "ajv/dist/2020.js";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path } from "./config-file.ts";
import { isRecord } from "./is-record.ts";
import { collections } from "./merge-files.ts";
import { schemaReport } from "./schema-report.ts";
import type { Substituted } from "./substitute.ts";
import { validate } from "./validator.ts";
import type { Written } from "./written.ts";

/** Of a config with more problems than that nobody reads the rest. */
const mostProblems = 100;

/** What is wrong with a config by the schema. */
interface SchemaCheck {
  /** One for each value; at most 100. */
  readonly problems: readonly Diagnostic[];
  /** Whether all is well at a path and below it; also where its problems are too many to be told. At most two steps. */
  readonly isSound: (path: Path) => boolean;
}

/**
 * Finds everything in which a config is not of the form that the schema asks for.
 *
 * @param substituted - what is written, with what it refers to put in
 */
export function checkSchema({ value, isUnknown, misread }: Substituted, written: Written): SchemaCheck {
  const problems = new Map<string, Diagnostic>();
  const broken = new Set<string>();
  const breaks = (path: Path): void => {
    for (const length of [1, 2]) broken.add(JSON.stringify(path.slice(0, length)));
  };
  for (const path of misread) breaks(path);
  for (const part of partsOf(value)) {
    if (validate(part)) continue;
    for (const error of validate.errors ?? []) {
      const path = pathOf(error, part);
      // What is wrong inside of these is said by the error of the whole.
      if (error.keyword === "if" || error.keyword === "propertyNames") continue;
      if (isUnknown(path) && error.keyword !== "additionalProperties") continue;
      breaks(path);
      if (problems.size === mostProblems) continue;
      const { part: place, ...report } = schemaReport(error, path);
      const id = JSON.stringify([path, place === "key" ? report.detail : "value"]);
      if (!problems.has(id)) problems.set(id, written.report(path, report, place));
    }
  }
  const isSound: SchemaCheck["isSound"] = (path) => !broken.has(JSON.stringify(path));
  return { problems: [...problems.values()], isSound };
}

/**
 * Configs that say together what one says: with one name each, and one of what is not named. So the time that ajv
 * takes to put errors together does not grow with the square of their number.
 */
function* partsOf(value: Readonly<Record<string, unknown>>): Iterable<Readonly<Record<string, unknown>>> {
  const entries = Object.entries(value);
  yield Object.fromEntries(entries.filter((entry) => !isNamed(entry)));
  for (const [collection, named] of entries.filter(isNamed)) {
    if (!isRecord(named)) continue;
    for (const entry of Object.entries(named)) {
      yield { version: 1, [collection]: Object.fromEntries([entry]) };
    }
  }
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

function isNamed([key]: readonly [string, unknown]): boolean {
  return collections.includes(key);
}
