import { expect, test } from "vitest";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { renderPlanJson } from "../../src/render/json.ts";
import { renderPlanText } from "../../src/render/text.ts";
import { ann, bo, book, bookPlan, desired, diff, joined, live, planOf, streamed } from "../plan/world.ts";

const { changes } = diff({
  desired: [desired("bo", { ...bo, jobTitle: "Lead" })],
  live: [live("ann", ann), live("bo", bo)],
  deletion: { kind: "grace", days: 30 },
});
const plan = planOf([{ name: "staff", books: [bookPlan(book("m@contoso.com"), { changes })] }]);

test("how many are hidden is told apart from other updates, and from which day each will be deleted", async () => {
  // Saved and shown again, too.
  const saved = decodePlan(encodePlan(streamed(plan)));
  const text = await joined(renderPlanText(saved, { color: false }));
  expect(text).toContain("0 to create, 2 to update (1 of them to hide), 0 to delete.");
  expect(text).toContain("hidden until its grace ends; to be deleted on or after 2026-03-31");
  const json = JSON.parse(await joined(renderPlanJson(streamed(plan)))) as { summary: object };
  expect(json.summary).toMatchObject({ update: 2, delete: 0, hide: 1 });
});
