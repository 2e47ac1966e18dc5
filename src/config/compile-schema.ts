import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { chooseBranches } from "./choose-branches.ts";
import { isRecord } from "./is-record.ts";

const schemaFile = new URL("../../schemas/galops.schema.json", import.meta.url);

/** Makes a function of the schema, and keeps its code, so that it can be written into a module of its own. */
export function compileSchema(): { readonly ajv: Ajv2020; readonly validate: ValidateFunction } {
  const schema: unknown = JSON.parse(readFileSync(schemaFile, "utf8"));
  const code = { source: true, esm: true };
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false, messages: false, verbose: true, code });
  return { ajv, validate: ajv.compile(chooseBranches(isRecord(schema) ? schema : {})) };
}
