/** Writes what is generated from the schema of the config: its TypeScript type and its reference page. */
import { readFileSync, writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files.ts";

const root = new URL("../", import.meta.url);
const schema = readFileSync(new URL("schemas/galops.schema.json", root), "utf8");
for (const { file, text } of await generatedFiles(schema)) writeFileSync(new URL(file, root), text);
