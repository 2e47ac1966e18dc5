import { compile } from "json-schema-to-typescript";
import { configReference } from "./config-reference.ts";

/**
 * What is generated from the schema of the config, by file.
 *
 * @param schema - text of schemas/galops.schema.json
 */
export async function generatedFiles(
  schema: string,
): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const types = await compile(JSON.parse(schema) as object, "WrittenConfig", {
    bannerComment: "// Generated from schemas/galops.schema.json by `npm run generate`. Do not edit.",
    additionalProperties: false,
  });
  return [
    { file: "src/config/written-config.gen.ts", text: types },
    { file: "docs/config-reference.md", text: configReference(JSON.parse(schema) as object) },
  ];
}
