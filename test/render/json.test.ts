import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { contactFieldNames } from "../../src/model/contact-fields.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { joined, planOf, streamed } from "../plan/world.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "./plans.ts";

const dangerous =
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u200B]/u;

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../schemas/plan.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  schema as object,
);

async function jsonOf(records: readonly PlanRecord[]): Promise<string> {
  return joined(renderPlanJson(streamed(records)));
}

const empty = planOf([]);
const withDiagnostics = planOf([{ name: "failed", books: [] }], {
  diagnostics: [
    { severity: "error", code: "source-failed", summary: "S", detail: "D", place: null },
    {
      severity: "warning",
      code: "w",
      summary: "S",
      detail: "D",
      place: { file: "galops.yaml", line: 3, column: 9 },
    },
  ],
});

test.each([
  ["a-week", aWeek],
  ["pull-request", pullRequest],
  ["nothing-to-do", nothingToDo],
  ["trouble", trouble],
  ["hostile", hostile],
  ["empty", empty],
  ["with-diagnostics", withDiagnostics],
])("the plan %s is as its schema and its golden file say", async (name, records) => {
  const json = await jsonOf(records);
  const parsed: unknown = JSON.parse(json);
  validate(parsed);
  expect(validate.errors ?? []).toEqual([]);
  await expect(json).toMatchFileSnapshot(`golden/${name}.json`);
});

test("the schema refuses what is not in it", async () => {
  const plan = JSON.parse(await jsonOf(aWeek)) as Record<string, unknown>;
  expect(validate(plan)).toBe(true);
  expect(validate({ ...plan, createdAt: "2026-01-01" })).toBe(false);
  expect(validate({ ...plan, id: undefined })).toBe(false);
  expect(validate({ ...plan, formatVersion: 2 })).toBe(false);
});

test("the schema knows each field of a contact, and no other", () => {
  const { $defs } = schema as { $defs: { change: { properties: { fields: { properties: object } } } } };
  expect(Object.keys($defs.change.properties.fields.properties)).toEqual(contactFieldNames);
});

test("JSON is harmless to look at and says exactly what the tenant has", async () => {
  const json = await jsonOf(hostile);
  expect(json).not.toMatch(dangerous);
  expect(json.isWellFormed()).toBe(true);
  const text = JSON.stringify(JSON.parse(json));
  const book = hostile.find((record) => record.type === "book");
  for (const { key, displayName } of book?.changes ?? []) {
    expect(text).toContain(JSON.stringify(key));
    expect(text).toContain(JSON.stringify(displayName));
  }
});

test("the time of a plan is not in it", async () => {
  const later = aWeek.map((record) =>
    record.type === "plan" ? { ...record, createdAt: "2030-01-01" } : record,
  );
  expect(await jsonOf(later)).toBe(await jsonOf(aWeek));
});
