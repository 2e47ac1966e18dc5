import { expect, test } from "vitest";
import type { BookRename, PlanRecord } from "../../src/model/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { beyondApproved } from "../../src/plan/beyond-approved.ts";
import { book, bookPlan, collected, planOf, streamed } from "./world.ts";

const colleagues = book("ann@contoso.com", { folder: "Colleagues" });

function plan(rename?: BookRename, ref = colleagues): readonly PlanRecord[] {
  const books = [bookPlan(ref, rename === undefined ? {} : { rename })];
  return planOf([{ name: "phones", books }]);
}

const toDo: BookRename = { from: "Directory", withheld: null };
const taken: BookRename = { from: "Directory", withheld: "The name is taken." };

function endOf(records: readonly PlanRecord[]) {
  const end = records.at(-1);
  if (end?.type !== "end") throw new Error("The plan has no end.");
  return end;
}

async function beyond(records: readonly PlanRecord[], approved: readonly PlanRecord[]) {
  const terms = { records: streamed(approved), syncs: ["phones"], allowances: [], allow: [] };
  return endOf(await collected(beyondApproved(streamed(records), terms))).summary;
}

test.each([toDo, taken])(
  "a new name is saved with the plan and comes back, made or withheld: %o",
  async (rename) => {
    const records = plan(rename);
    expect(await collected(decodePlan(encodePlan(streamed(records))))).toEqual(records);
  },
);

test("a new name is counted apart, and is part of what a plan's id stands for", () => {
  expect(endOf(plan(toDo)).summary).toMatchObject({ update: 0, withheld: 0, rename: 1 });
  expect(endOf(plan(taken)).summary).not.toHaveProperty("rename");
  const ids = [plan(), plan(toDo), plan(taken), plan({ ...toDo, from: "Work" })].map((one) => endOf(one).id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a new name must be approved, whatever the folder is called until then", async () => {
  expect(await beyond(plan(toDo), plan())).toMatchObject({ rename: 1 });
  expect(await beyond(plan(toDo), plan(taken))).toMatchObject({ rename: 1 });
  expect(await beyond(plan(toDo), plan(toDo))).not.toHaveProperty("rename");
  expect(await beyond(plan({ ...toDo, from: "Work" }), plan(toDo))).not.toHaveProperty("rename");
  expect(await beyond(plan(taken), plan())).not.toHaveProperty("rename");
});
