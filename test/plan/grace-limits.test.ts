import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Limit, Limits } from "../../src/model/config.ts";
import type { ContactFields, LiveContact } from "../../src/model/contact.ts";
import type { BookPlan, Refusal } from "../../src/model/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { checkLimits } from "../../src/plan/limits.ts";
import { createTally } from "../../src/plan/tally.ts";
import { book, bookPlan, collected, desired, diff, live, planOf, streamed } from "./world.ts";

interface Case {
  readonly held: readonly LiveContact[];
  /** Ids of the people of the sync. */
  readonly wanted: readonly string[];
  readonly today: string;
  /** Days; 0 for none. */
  readonly grace?: number;
  readonly limits?: Limits;
  readonly emptySources?: readonly string[];
}

const many = Array.from({ length: 40 }, (_, index) => `p${index}`);
const few = many.slice(0, 3);

function fieldsOf(id: string): ContactFields {
  return { displayName: id, emailAddresses: [`${id}@contoso.com`], hidden: false };
}

/** Of somebody who left, as a run hid it on that day, or as somebody showed it again since. */
function hidden(id: string, since: string, edits: ContactFields = { hidden: true }): LiveContact {
  const contact = live(id, fieldsOf(id), { edits });
  return { ...contact, marker: contact.marker && { ...contact.marker, hiddenSince: since } };
}

function limited(of: Case): { readonly plan: BookPlan; readonly refusals: readonly Refusal[] } {
  const { held, wanted, today, grace = 30, limits = {}, emptySources = [] } = of;
  const people = wanted.map((id) => desired(id, fieldsOf(id)));
  const deletion = grace === 0 ? ({ kind: "now" } as const) : ({ kind: "grace", days: grace } as const);
  const plan = bookPlan(book("x"), diff({ desired: people, live: held, today, deletion }));
  const tally = createTally();
  tally.add("s", plan, people);
  const facts = { sync: "s", kind: "mail-contacts" as const, limits, people: people.length, emptySources };
  return { plan, refusals: checkLimits(tally, [facts], []) };
}

const refusals = (held: readonly LiveContact[], wanted: readonly string[], today: string, grace = 30) =>
  limited({ held, wanted, today, grace }).refusals.map(({ limit, allow }) => `${limit} ${allow}`);

test("who is hidden counts as a delete: a grace lets nothing through that deleting would not", () => {
  const held = many.map((id) => live(id, fieldsOf(id)));
  expect(refusals(held, many.slice(0, 37), "2026-03-01")).toEqual([]);
  expect(refusals(held, many.slice(0, 36), "2026-03-01")).toEqual(["deletes --allow deletes=4"]);
  expect(refusals(held, many.slice(0, 20), "2026-03-01")).toEqual(["shrink --allow deletes=20"]);
});

test("who waits in his grace shrinks the sync no more, and is counted again when he is deleted", () => {
  const held = many.map((id, at) => (at < 30 ? live(id, fieldsOf(id)) : hidden(id, "2026-03-01")));
  expect(refusals(held, many.slice(0, 30), "2026-03-10")).toEqual([]);
  expect(refusals(held, many.slice(0, 30), "2026-04-10")).toEqual(["deletes --allow deletes=10"]);
  // So, too, where the grace was taken out of the config.
  expect(refusals(held, many.slice(0, 30), "2026-03-10", 0)).toEqual(["deletes --allow deletes=10"]);
});

test("who is hidden again because somebody showed him shrinks the sync no more than who waits", () => {
  const held = many.map((id, at) =>
    at < 30 ? live(id, fieldsOf(id)) : hidden(id, "2026-03-01", { hidden: false }),
  );
  expect(refusals(held, many.slice(0, 29), "2026-03-10")).toEqual([]);
});

test("when the last grace of a sync without people ends, the refusal lets nobody through", () => {
  const held = [hidden("ann", "2026-01-01")];
  expect(limited({ held, wanted: [], today: "2026-03-01" }).refusals).toMatchObject([
    { limit: "removes-everything", found: 1, allowed: 0, allow: "--allow deletes=1" },
  ]);
});

const limit: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ count: fc.nat({ max: 3 }) }),
  fc.record({ share: fc.constantFrom(0, 0.05, 0.5, 1) }),
);
const limits: fc.Arbitrary<Limits> = fc.record(
  { deletes: limit, updates: limit, creates: limit, shrink: limit, addressChanges: limit },
  { requiredKeys: [] },
);
const state = fc.constantFrom("none", "hidden", "shown", "edited", "other");

test("whatever a plan is refused for, it is written and reads back the same", async () => {
  const cases = fc.record({
    held: fc.tuple(...few.map(() => state)).map((states) =>
      few.flatMap((id, at) => {
        const is = states[at];
        if (is === "none") return [];
        if (is === "hidden") return [hidden(id, "2026-02-01")];
        if (is === "edited") return [hidden(id, "2026-02-01", { hidden: false })];
        const edits = is === "other" ? { emailAddresses: ["other@contoso.com"], displayName: "Other" } : {};
        return [live(id, fieldsOf(id), { edits })];
      }),
    ),
    wanted: fc.oneof(fc.constant([]), fc.subarray(few)),
    today: fc.constantFrom("2026-02-10", "2026-04-01"),
    grace: fc.constantFrom(0, 30),
    limits,
    emptySources: fc.constantFrom([], ["csv"]),
  });
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      const { plan, refusals: found } = limited(of);
      const records = planOf([{ name: "s", books: [plan] }], { refusals: found });
      const lines = await collected(encodePlan(streamed(records)));
      expect(await collected(decodePlan(streamed(lines)))).toEqual(records);
    }),
    { numRuns: 400 },
  );
});
