import { expect, test } from "vitest";
import type { Refusal } from "../../src/model/plan.ts";
import { checkLimits } from "../../src/plan/limits.ts";
import { createTally } from "../../src/plan/tally.ts";
import { ann, book, bookPlan, desired, diff, live } from "./world.ts";

const grace = { deletion: { kind: "grace", days: 30 } } as const;

/** The refusals where so many of 200 who are hidden return, and so many others change. */
function refusalsOf(returning: number, changing: number): readonly Refusal[] {
  const hidden = Array.from({ length: 200 }, (_, index) => {
    const contact = live(`p${index}`, ann, { edits: { hidden: true } });
    const marker = contact.marker && { ...contact.marker, hiddenSince: "2026-02-20" };
    return { ...contact, marker };
  });
  const others = Array.from({ length: changing }, (_, index) => live(`q${index}`, ann));
  const people = [
    ...Array.from({ length: returning }, (_, index) => desired(`p${index}`, ann)),
    ...Array.from({ length: changing }, (_, index) => desired(`q${index}`, { ...ann, jobTitle: "Lead" })),
  ];
  const tally = createTally();
  tally.add(
    "a",
    bookPlan(book("m"), diff({ desired: people, live: [...hidden, ...others], ...grace })),
    people,
  );
  const facts = { sync: "a", kind: "mail-contacts" as const, limits: {}, people: people.length };
  return checkLimits(tally, [{ ...facts, emptySources: [] }], []);
}

test("who is hidden is owned: half of all may return", () => {
  expect(refusalsOf(100, 0)).toEqual([]);
  const [refusal] = refusalsOf(150, 0);
  expect(refusal).toMatchObject({ limit: "updates", found: 150, allowed: 100 });
  expect(refusal?.message).toContain("(50% of the 200 that it owns)");
});

test("when most updates are returns, the message gives that as the cause instead of a mapping", () => {
  const cause = "150 of them had left and would be shown again";
  expect(refusalsOf(150, 0)[0]?.message).toContain(cause);
  expect(refusalsOf(100, 150)[0]?.message).toContain("a changed mapping");
});

test("who waits hidden does not shrink a sync whose people stay", () => {
  expect(refusalsOf(0, 30).map(({ limit }) => limit)).toEqual([]);
});

test("where people are hidden first, the limit does not say that they are deleted", () => {
  const held = Array.from({ length: 40 }, (_, index) => live(`p${index}`, ann));
  const people = Array.from({ length: 34 }, (_, index) => desired(`p${index}`, ann));
  const tally = createTally();
  tally.add("a", bookPlan(book("m"), diff({ desired: people, live: held, ...grace })), people);
  const facts = { sync: "a", kind: "mail-contacts" as const, limits: {}, people: people.length };
  const [refusal] = checkLimits(tally, [{ ...facts, emptySources: [] }], []);
  expect(refusal?.message).toContain("would hide, and delete after the grace, contacts of 6 people");
});
