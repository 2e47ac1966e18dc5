import { expect, test } from "vitest";
import type { BookPlan, PlanEnd } from "../../src/model/plan.ts";
import { createSummary } from "../../src/plan/summary.ts";
import { ann, bo, book, bookPlan, chandra, desired, diff, live, otherOwner, planOf } from "../plan/world.ts";

const want = [desired("ann", { ...ann, jobTitle: "Lead" }), desired("bo", bo)];
const changed = diff({ desired: want, live: [live("ann", ann), live("c", chandra)] });

function idOf(
  name: string,
  books: readonly BookPlan[],
  end: Partial<PlanEnd> = {},
  createdAt?: string,
): string {
  const last = planOf([{ name, books }], end, createdAt).at(-1);
  return last?.type === "end" ? last.id : "";
}

test("the id is the same whenever a plan is made, whatever was unchanged, and with whatever advice", () => {
  const id = idOf("staff", [bookPlan(book("ann@contoso.com"), changed)]);
  expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
  const more = [
    bookPlan(book("ann@contoso.com"), { ...structuredClone(changed), unchanged: 7 }),
    bookPlan(book("bo@contoso.com"), { unchanged: 9 }),
  ];
  const advice = { severity: "warning", code: "c", summary: "s", detail: "d", place: null } as const;
  expect(idOf("staff", more, { diagnostics: [advice] }, "2027-01-01T00:00:00Z")).toBe(id);
});

test("the id is another one for anything else that would be made", () => {
  const first = changed.changes[0];
  const ids = [
    idOf("staff", [bookPlan(book("ann@contoso.com"), changed)]),
    idOf("other", [bookPlan(book("ann@contoso.com"), changed)]),
    idOf("staff", [bookPlan(book("bo@contoso.com"), changed)]),
    idOf("staff", [bookPlan(book("ann@contoso.com", { folder: null }), changed)]),
    idOf("staff", [bookPlan(book("ann@contoso.com"), { changes: changed.changes.slice(1) })]),
    idOf("staff", [
      bookPlan(book("ann@contoso.com"), {
        changes: changed.changes.map((change) => (change === first ? { ...change, withheld: "no" } : change)),
      }),
    ]),
    idOf("staff", [
      bookPlan(
        book("ann@contoso.com"),
        diff({ desired: want, live: [live("ann", ann), live("c", chandra, { id: "x" })] }),
      ),
    ]),
    idOf("staff", [
      bookPlan(
        book("ann@contoso.com"),
        diff({
          desired: [desired("ann", { ...ann, jobTitle: "Boss" }), desired("bo", bo)],
          live: [live("ann", ann), live("c", chandra)],
        }),
      ),
    ]),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test("the summary counts contacts in books, and what is withheld only as withheld", () => {
  const counter = createSummary();
  const have = [live("ann", ann), live("c", chandra), live("x", bo, { marker: null })];
  counter.add(diff({ desired: want, live: have }));
  counter.add(diff({ desired: want, live: have, policy: "upsert-only" }));
  counter.add(diff({ desired: want, live: [live("ann", ann)], isWhole: false, owner: otherOwner }));
  counter.add(diff({ desired: [desired("ann", ann)], live: [live("ann", ann)], isWhole: false }));
  expect(counter.summary()).toEqual({
    create: 4,
    update: 2,
    delete: 1,
    adopt: 0,
    withheld: 1,
    unchanged: 1,
    unmanaged: 2,
  });
});
