import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pageModule, pageModuleFile } from "../../../scripts/page-module.ts";
import type { PlanRecord } from "../../../src/model/plan.ts";
import { renderHtml } from "../../../src/render/html/html.ts";
import type { HtmlOptions } from "../../../src/render/html/html.ts";
import type { GroupRow, PageData } from "../../../src/render/html/page-data.ts";
import { ann, bo, book, bookPlan, desired, diff, joined, live, planOf, streamed } from "../../plan/world.ts";
import { manyChanges } from "../many-changes.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "../plans.ts";
import { incomplete } from "../results.ts";

async function pageOf(records: readonly PlanRecord[], options: Partial<HtmlOptions> = {}): Promise<string> {
  return await joined(renderHtml(streamed(records), { redaction: "none", ...options }));
}

/** What the page reads: its data, and the rows of all elements that have some. */
function dataIn(page: string): Omit<PageData, "groups"> & { readonly groups: readonly GroupRow[] } {
  const [, rest = ""] = page.split('<script type="application/json" id="data">');
  const data = JSON.parse(rest.slice(0, rest.indexOf("</script>"))) as PageData;
  const [, ...chunks] = page.split('<script type="application/json" class="rows">');
  const groups = chunks.flatMap(
    (chunk) => JSON.parse(chunk.slice(0, chunk.indexOf("</script>"))) as GroupRow[],
  );
  expect(groups).toHaveLength(data.groups);
  return { ...data, groups };
}

async function dataOf(
  records: readonly PlanRecord[],
  options: Partial<HtmlOptions> = {},
): Promise<ReturnType<typeof dataIn>> {
  return dataIn(await pageOf(records, options));
}

test("the page's script and style are those of its sources (npm run generate)", async () => {
  const written = readFileSync(new URL(`../../../${pageModuleFile}`, import.meta.url), "utf8");
  expect(written).toBe(await pageModule());
});

test.each([
  ["a-week", aWeek],
  ["trouble", trouble],
  ["pull-request", pullRequest],
])("the data of the plan %s are as its golden file says", async (name, records) => {
  const data = await dataOf(records);
  await expect(`${JSON.stringify(data, null, 1)}\n`).toMatchFileSnapshot(`../golden/${name}.page.json`);
});

test("nothing of a plan can end the element that it stands in, or begin another", async () => {
  const evil = "</script><script>alert(1)</script><!-- <script> ]]> \u2028";
  const fields = { displayName: evil, surname: evil };
  const records = planOf(
    [{ name: evil, books: [bookPlan(book(evil), diff({ desired: [desired("x", fields)], live: [] }))] }],
    { diagnostics: [{ severity: "error", code: "c", summary: evil, detail: evil, place: null }] },
  );
  const page = await pageOf(records);
  expect(page.match(/<script/gu)).toHaveLength(3);
  expect(page.match(/<\/script/gu)).toHaveLength(3);
  expect(page).not.toContain("<!--");
  expect(page).not.toContain("alert(1)<");
  expect(dataIn(page).groups[0]?.[2]).toBe(evil);
  expect(await pageOf(hostile)).not.toMatch(
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028]/u,
  );
});

test("the policy lets in what stands in the page and nothing else", async () => {
  const page = await pageOf(aWeek);
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page) ?? [];
  const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const [, script] = /<script>([^]*?)<\/script>/u.exec(page) ?? [];
  const [, style] = /<style>([^]*?)<\/style>/u.exec(page) ?? [];
  expect(policy).toContain(`script-src ${hash(script)};`);
  expect(policy).toContain(`style-src ${hash(style)};`);
  expect(policy).toMatch(/^default-src 'none';/u);
  expect(policy).not.toContain("unsafe");
});

test("a contact is in the page once, in however many mailboxes it changes", async () => {
  const change = diff({
    desired: [desired("ann", ann), desired("bo", bo)],
    live: [live("ann", ann, { edits: { jobTitle: "" } })],
  });
  const books = Array.from({ length: 3000 }, (_, i) => bookPlan(book(`m${10_000 + i}@contoso.com`), change));
  const page = await pageOf(
    planOf([
      { name: "a", books: books.slice(0, 2) },
      { name: "b", books },
    ]),
  );
  const data = dataIn(page);
  expect(
    data.groups.map(([sync, , name, , , , , contacts, , , stretches]) => [sync, name, contacts, stretches]),
  ).toEqual([
    [0, "Ann Ek", 2, [0, 1]],
    [1, "Ann Ek", 3000, [2, 3001]],
    [0, "Bo Li", 2, [0, 1]],
    [1, "Bo Li", 3000, [2, 3001]],
  ]);
  expect(data.books).toHaveLength(3002);
});

test("books are told apart also where a change skips some of them", async () => {
  const changes = diff({ desired: [desired("ann", ann)], live: [] });
  const books = [0, 1, 2, 3, 4, 5].map((i) =>
    bookPlan(book(`m${i}@contoso.com`), [1, 2, 5].includes(i) ? changes : {}),
  );
  const { groups } = await dataOf(planOf([{ name: "a", books }]));
  expect(groups.map((row) => row[10])).toEqual([[1, 2, 5, 5]]);
});

test("every delete has an entry; of the rest what has none is counted", async () => {
  const data = await dataOf(manyChanges({ deletes: 1050, updates: 0, creates: 1050 }), { entries: 1000 });
  const count = (action: number) => data.groups.filter((row) => row[1] === action).length;
  expect([count(0), count(3), data.unlisted]).toEqual([1050, 1000, 50]);
});

test("what stands in the way and what went wrong comes first among the notices", async () => {
  const { notices } = await dataOf(pullRequest, { result: incomplete });
  expect(notices.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
    "failed: 12 changes of phone-directory failed (ErrorQuotaExceeded)",
    "warning: 1 contact of phone-directory changed since the plan and was left alone",
    "note: 4 more failures not listed",
  ]);
  expect((await dataOf(trouble)).notices[0]).toMatchObject({ kind: "refused" });
});

test("what the base config would do otherwise is told by cause, and everything is this change's without one", async () => {
  const data = await dataOf(pullRequest);
  expect(data.comparison?.hasBase).toBe(true);
  expect(data.comparison?.rows.map(({ cause, text }) => [data.causes[cause]?.code ?? null, text])).toEqual([
    ["this-change", "caused by this change"],
    ["pending", "pending on the base"],
    ["drift", "drift"],
    [null, "only the base would make"],
  ]);
  const without = pullRequest.map((record) =>
    record.type === "end" && record.comparison !== undefined
      ? { ...record, comparison: { ...record.comparison, baseDigest: null }, forecastSeconds: 5400 }
      : record,
  );
  expect(await dataOf(without)).toMatchObject({
    comparison: { hasBase: false },
    forecast: "about 1.5 hours, at the pace that Exchange Online allows",
  });
});

test("the headline says how it stands", async () => {
  const tone = async (...given: Parameters<typeof dataOf>) => (await dataOf(...given)).tone;
  const blind = planOf([{ name: "a", books: [] }], {
    diagnostics: [{ severity: "error", code: "c", summary: "s", detail: "d", place: null }],
  });
  expect([
    await tone(aWeek),
    await tone(nothingToDo),
    await tone(trouble),
    await tone(blind),
    await tone(aWeek, { result: incomplete }),
    await tone(aWeek, {
      result: { ...incomplete, summary: { ...incomplete.summary, failed: 0, skipped: 0 } },
    }),
  ]).toEqual(["changes", "nothing", "refused", "failed", "failed", "done"]);
});
