import { readFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
import { expect, test } from "vitest";

function text(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

test("the type of the written config is the one that the schema says (npm run generate)", async () => {
  const types = await compile(JSON.parse(text("schemas/galops.schema.json")) as object, "WrittenConfig", {
    bannerComment: "// Generated from schemas/galops.schema.json by `npm run generate`. Do not edit.",
    additionalProperties: false,
  });
  expect(text("src/config/written-config.gen.ts")).toBe(types);
});

test("every property of the schema has a description and an example", () => {
  const missing: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    const { properties = {}, $defs = {} } = node as {
      properties?: Record<string, object>;
      $defs?: Record<string, object>;
    };
    for (const [name, property] of Object.entries(properties)) {
      const own = property as {
        description?: string;
        examples?: unknown[];
        $ref?: string;
        properties?: object;
      };
      const told =
        own.$ref !== undefined ||
        (own.description !== undefined && (own.examples !== undefined || own.properties !== undefined));
      if (!told) missing.push(`${path}.${name}`);
      visit(property, `${path}.${name}`);
    }
    for (const [name, definition] of Object.entries($defs)) visit(definition, name);
  };
  visit(JSON.parse(text("schemas/galops.schema.json")), "");
  expect(missing).toEqual([]);
});
