import { expect, test } from "vitest";
import { renderResultJson, renderResultText } from "../../src/render/result.ts";
import { complete, incomplete, none } from "./results.ts";

test("a run that made everything says so in one line", () => {
  expect(renderResultText(complete, { color: false })).toBe(
    "Apply complete! 3 created, 2 updated, 1 deleted.\n",
  );
});

test("a run that did not is told by what failed, why, and what to do next", async () => {
  await expect(renderResultText(incomplete, { color: false })).toMatchFileSnapshot("golden/result.txt");
});

test("a run that was interrupted says that it can go on", () => {
  const text = renderResultText(
    { ...complete, interrupted: true, summary: { ...none, created: 1, skipped: 5 } },
    { color: false },
  );
  expect(text).toContain("Run galops apply again");
  expect(text).toMatch(/\nApply interrupted\. 1 created, 0 updated, 0 deleted, 5 left alone\.\n$/u);
});

test("a run that only found contacts changed is not complete, and says how to go on", () => {
  const stale = { ...complete, summary: { ...none, skipped: 1 }, failures: incomplete.failures.slice(-1) };
  const text = renderResultText(stale, { color: false });
  expect(text).toContain("1 contact of phone-directory changed since the plan and was left alone");
  expect(text).toContain("Run galops plan to see what these contacts are now.");
  expect(text).toContain("Apply incomplete.");
});

test("for programs a result is one JSON document", async () => {
  const json = renderResultJson(incomplete);
  expect(JSON.parse(json)).toMatchObject({
    run: incomplete.run,
    summary: incomplete.summary,
    failures: incomplete.failures,
    interrupted: false,
  });
  await expect(json).toMatchFileSnapshot("golden/result.json");
});
