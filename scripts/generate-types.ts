/** Generates the TypeScript type of the written config from its schema (`npm run generate`). */
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const schema = JSON.parse(
  readFileSync(new URL("../schemas/galops.schema.json", import.meta.url), "utf8"),
) as object;
const types = await compile(schema, "WrittenConfig", {
  bannerComment: "// Generated from schemas/galops.schema.json by `npm run generate`. Do not edit.",
  additionalProperties: false,
});
writeFileSync(new URL("../src/config/written-config.gen.ts", import.meta.url), types);
