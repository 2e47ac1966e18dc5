import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { ApplyResult, Failure } from "../../src/model/apply-result.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import { renderJunit } from "../../src/render/junit.ts";
import { book, bookPlan, joined, planOf, streamed } from "../plan/world.ts";
import { aWeek, mailboxes, trouble } from "./plans.ts";
import { complete, incomplete, none } from "./results.ts";

async function junitOf(records: readonly PlanRecord[], result: ApplyResult | null): Promise<string> {
  const text = await joined(renderJunit(streamed(records), result));
  expect(XMLValidator.validate(text)).toBe(true);
  return text;
}

/** Each case as `suite: name outcome`. */
function cases(text: string): readonly string[] {
  const arrays = new Set(["testsuite", "testcase"]);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => arrays.has(name),
  });
  type Parsed = { testsuites: { testsuite: { name: string; testcase?: Record<string, unknown>[] }[] } };
  const { testsuites } = parser.parse(text) as Parsed;
  return testsuites.testsuite.flatMap(({ name, testcase = [] }) =>
    testcase.map((one) => {
      const outcome = ["failure", "error", "skipped"].find((tag) => tag in one) ?? "ok";
      return `${name}: ${String(one["name"])} ${outcome}`;
    }),
  );
}

const failure: Failure = {
  status: "failed",
  sync: "phone-directory",
  mailbox: mailboxes[1] ?? "",
  folder: "Contoso directory",
  action: "update",
  key: "contoso/ann",
  displayName: "Ann Ek",
  code: "ErrorQuotaExceeded",
  message: "The mailbox is full.",
  requestId: "r-1",
};

test("each sync is a suite, each mailbox a case", async () => {
  const text = await junitOf(aWeek, complete);
  expect(cases(text)).toEqual([
    ...mailboxes.map((mailbox) => `phone-directory: ${mailbox} / Contoso directory ok`),
    "quiet: ann@contoso.com / Contoso directory ok",
  ]);
  expect(text).toContain('<testsuites name="galops apply" tests="5" failures="0" errors="0" skipped="0">');
});

test("where changes of a mailbox failed, each of them is a case in its place", async () => {
  const stale = { ...failure, status: "stale", displayName: "Bo Li", requestId: "" } as const;
  const result = { ...complete, summary: { ...none, failed: 1, skipped: 1 }, failures: [failure, stale] };
  const text = await junitOf(aWeek, result);
  expect(cases(text).slice(0, 3)).toEqual([
    "phone-directory: ann@contoso.com / Contoso directory ok",
    "phone-directory: update Ann Ek in bo@contoso.com / Contoso directory failure",
    "phone-directory: update Bo Li in bo@contoso.com / Contoso directory failure",
  ]);
  expect(text).toContain('<testsuite name="phone-directory" tests="5" failures="2" errors="0" skipped="0">');
  expect(text).toContain(
    '<failure type="ErrorQuotaExceeded" message="The mailbox is full.">The mailbox is full.\nrequest-id r-1</failure>',
  );
  expect(text).toContain('<failure type="stale"');
});

test("mailboxes that could not be read are errors, skipped ones are skipped, a plan that was not made fails by its limit", async () => {
  expect(cases(await junitOf(trouble, null))).toEqual([
    "phone-directory: ann@contoso.com / Contoso directory skipped",
    "phone-directory: bo@contoso.com / Contoso directory skipped",
    "phone-directory: busy@contoso.com / Contoso directory error",
    ...["g1", "g2", "g3", "g4", "g5"].map(
      (name) => `phone-directory: ${name}@contoso.com / Contoso directory skipped`,
    ),
    "phone-directory: limit deletes failure",
  ]);
});

test("what is of no sync is in a suite of galops' own", async () => {
  const records = planOf([], {
    diagnostics: [
      { severity: "error", code: "source-failed", summary: "A source failed", detail: "Why.", place: null },
    ],
  });
  expect(cases(await junitOf(records, { ...incomplete, interrupted: true }))).toEqual([
    "galops: A source failed error",
    "galops: run error",
    "galops: failures failure",
  ]);
});

test("mail contacts are one case", async () => {
  const records = planOf([{ name: "mesh", books: [bookPlan(book("x", { mailbox: null, folder: null }))] }]);
  expect(cases(await junitOf(records, complete))).toEqual(["mesh: mail contacts ok"]);
});

test.each([
  "</testcase><x a='\"'>",
  "]]>",
  "&lt;",
  "\u0000\u001B\u0008",
  "\uFFFE\uFFFF",
  "\uD83D",
  "a\n::error::b",
])("a name like %j is text", async (name) => {
  const evil = { ...failure, displayName: name, message: name, code: name };
  const records = planOf([{ name: "phone-directory", books: [bookPlan(book(mailboxes[1] ?? ""))] }]);
  const text = await junitOf(records, { ...complete, failures: [evil] });
  expect(cases(text)).toHaveLength(1);
  expect(text.match(/<testcase/gu)).toHaveLength(1);
  expect(text.isWellFormed()).toBe(true);
  // oxlint-disable-next-line no-control-regex -- XML 1.0 allows none of these
  expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u);
  expect(text).not.toMatch(/^::/mu);
});
