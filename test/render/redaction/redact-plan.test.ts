import { expect, test } from "vitest";
import type { PlanRecord } from "../../../src/model/plan.ts";
import { renderPlanJson } from "../../../src/render/json.ts";
import { redactPlan } from "../../../src/render/redaction/redact-plan.ts";
import { redactResult } from "../../../src/render/redaction/redact-result.ts";
import type { Redaction } from "../../../src/render/redaction/redaction.ts";
import { createRedactors } from "../../../src/render/redaction/redactor.ts";
import { renderPlanText } from "../../../src/render/text.ts";
import { collected, joined, streamed } from "../../plan/world.ts";
import { aWeek, pullRequest, trouble } from "../plans.ts";

/** A code that is easy to read: the position of what it is for. */
function redactor(level: Redaction) {
  const seen: string[] = [];
  return createRedactors((key) => {
    if (!seen.includes(key)) seen.push(key);
    return String(seen.indexOf(key) + 1);
  })(level);
}

async function textOf(records: readonly PlanRecord[], level: Redaction): Promise<string> {
  const redacted = redactPlan(streamed(records), redactor(level));
  return await joined(renderPlanText(redacted, { color: false }));
}

test("partly redacted, a plan reads as its golden file", async () => {
  await expect(await textOf(aWeek, "partial")).toMatchFileSnapshot("../golden/a-week-partial.txt");
});

test("fully redacted, a plan reads as its golden file", async () => {
  await expect(await textOf(trouble, "full")).toMatchFileSnapshot("../golden/trouble-full.txt");
});

test("not redacted, a plan is the plan", async () => {
  expect(await collected(redactPlan(streamed(aWeek), redactor("none")))).toEqual(aWeek);
});

test.each(["partial", "full"] as const)("%s: of what a plan holds nothing is in JSON", async (level) => {
  const json = await joined(renderPlanJson(redactPlan(streamed([...aWeek]), redactor(level))));
  for (const secret of ["Ann", "Ek", "Bo Li", "Chandra", "Dana", "Tuesdays", "+48", "ann@", "accountant"]) {
    expect(json).not.toContain(secret);
  }
  const names = (records: string) => [...records.matchAll(/"(\w+)":\{"before"/gu)].map(([, name]) => name);
  expect(names(json)).toEqual(names(await joined(renderPlanJson(streamed(aWeek)))));
});

/** Names of all parts, but for what only making a plan takes. */
function partsOf(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string") ? "text" : value.map(partsOf);
  if (typeof value !== "object" || value === null) return typeof value;
  const parts = Object.entries(value).filter(
    ([name]) => !["live", "desired", "person", "names"].includes(name),
  );
  return Object.fromEntries(parts.map(([name, part]) => [name, partsOf(part)]));
}

test("no part of a plan is lost", async () => {
  const record = (records: readonly PlanRecord[]) => records.map(partsOf);
  for (const plan of [pullRequest, trouble]) {
    const redacted = await collected(redactPlan(streamed(plan), redactor("partial")));
    expect(record(redacted)).toEqual(record(plan));
  }
});

test("filled and empty are still told apart", async () => {
  const json = await joined(renderPlanJson(redactPlan(streamed(aWeek), redactor("full"))));
  expect(json).toContain('"mobilePhone":{"before":"(masked)","after":""}');
  expect(json).toContain('"homePhones":{"before":null,"after":["(masked)"]}');
});

test("a person has one pseudonym in plan and result", async () => {
  const shared = redactor("full");
  const records = await collected(redactPlan(streamed(aWeek), shared));
  const book = records.find((record) => record.type === "book");
  const [change] = book?.changes ?? [];
  const { failures } = redactResult(
    {
      run: "r",
      summary: { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 1, skipped: 0 },
      failures: [
        {
          status: "failed",
          sync: "phone-directory",
          mailbox: "ann@contoso.com",
          folder: null,
          action: "update",
          key: "contoso/ann",
          displayName: "Ann Ek",
          code: "ErrorInvalid",
          message: "The value 'Ann E-k' of Ann Ek (ann@contoso.com) is not valid.",
          requestId: "r-1",
        },
      ],
      unlistedFailures: 0,
      alreadyDone: 0,
      interrupted: false,
      incomplete: [],
      diagnostics: [],
    },
    shared,
  );
  expect(failures[0]).toMatchObject({ key: change?.key, displayName: change?.displayName });
  expect(failures[0]?.mailbox).toBe(book?.book.mailbox);
  expect(failures[0]?.message).toBe(
    `The value (masked) of ${change?.displayName} (${book?.book.mailbox?.replace("mailbox", "address")}) is not valid.`,
  );
});
