import { expect, test } from "vitest";
import type { ContactFields } from "../../../src/model/contact.ts";
import { book, bookPlan, desired, diff, live, planOf } from "../../plan/world.ts";
import { markdownOf, expectHarmless } from "./harmless-markdown.ts";

/** A plan with so many changes of each kind, all of different people. */
function planWith(counts: { readonly deletes: number; readonly updates: number; readonly creates: number }) {
  const people = (count: number, kind: string) =>
    Array.from({ length: count }, (_, i) => `${kind}${100_000 + i}`);
  const named = (id: string, jobTitle: string): ContactFields => ({
    displayName: `Person ${id}`,
    emailAddresses: [`${id}@contoso.com`],
    jobTitle,
  });
  const [gone, kept, come] = [
    people(counts.deletes, "d"),
    people(counts.updates, "u"),
    people(counts.creates, "c"),
  ];
  return planOf([
    {
      name: "staff",
      books: [
        bookPlan(
          book("m@contoso.com"),
          diff({
            desired: [
              ...kept.map((id) => desired(id, named(id, "Lead"))),
              ...come.map((id) => desired(id, named(id, ""))),
            ],
            live: [
              ...gone.map((id) => live(id, named(id, ""))),
              ...kept.map((id) => live(id, named(id, ""))),
            ],
          }),
        ),
      ],
    },
    { name: "quiet", books: [bookPlan(book("m@contoso.com"))] },
  ]);
}

function shown(markdown: string, mark: string): number {
  return markdown.split("\n").filter((line) => line.startsWith(`${mark} Person`)).length;
}

function counted(markdown: string, kind: string): number {
  return Number(new RegExp(String.raw`^(\d+) more ${kind}`, "mu").exec(markdown)?.[1] ?? 0);
}

test.each([
  [{ deletes: 0, updates: 0, creates: 0 }, 65_536],
  [{ deletes: 1, updates: 0, creates: 0 }, 65_536],
  [{ deletes: 500, updates: 500, creates: 500 }, 65_536],
  [{ deletes: 3000, updates: 10, creates: 10 }, 65_536],
  [{ deletes: 10, updates: 2000, creates: 2000 }, 65_536],
  [{ deletes: 10, updates: 20, creates: 2000 }, 4000],
  [{ deletes: 100, updates: 100, creates: 100 }, 900],
])("of %j within %i bytes all is shown or counted, by risk", async (counts, budget) => {
  const markdown = await markdownOf(planWith(counts), { budget });
  const kinds = [
    ["delete", "-", counts.deletes],
    ["update", "!", counts.updates],
    ["create", "+", counts.creates],
  ] as const;
  const lefts = kinds.map(([kind, mark, total]) => {
    expect(shown(markdown, mark) + counted(markdown, kind)).toBe(total);
    return counted(markdown, kind);
  });
  const firstCut = lefts.findIndex((left) => left > 0);
  const lessRisky = firstCut === -1 ? [] : kinds.slice(firstCut + 1);
  expect(lessRisky.map(([, mark]) => shown(markdown, mark))).toEqual(lessRisky.map(() => 0));
  expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(budget);
  expect(markdown.match(/<details/gu)?.length ?? 0).toBe(markdown.match(/<\/details>/gu)?.length ?? 0);
  expect((markdown.match(/^```/gmu)?.length ?? 0) % 2).toBe(0);
  expectHarmless(markdown);
});

test("room is used: a comment with more than fits is nearly full", async () => {
  const markdown = await markdownOf(planWith({ deletes: 10, updates: 2000, creates: 2000 }));
  expect(markdown.length).toBeGreaterThan(64_000);
});

test("deletes are told in one line each before one of them is left out", async () => {
  const roomy = await markdownOf(planWith({ deletes: 600, updates: 0, creates: 0 }), { budget: 200_000 });
  const tight = await markdownOf(planWith({ deletes: 500, updates: 0, creates: 0 }), { budget: 60_000 });
  expect(roomy).toContain('emailAddresses = ["d100000@contoso.com"]');
  expect(tight).not.toContain("emailAddresses");
  expect(shown(tight, "-")).toBe(500);
});

test("one update that is too long is told in one line, and does not hide the others", async () => {
  const notes = (id: string): ContactFields => ({
    displayName: `Person ${id}`,
    personalNotes: `${"ö".repeat(199)}${id}`,
  });
  const ids = ["a", "b", "c"];
  const records = planOf([
    {
      name: "staff",
      books: [
        bookPlan(
          book("m@contoso.com"),
          diff({
            desired: ids.map((id) => desired(id, notes(id))),
            live: ids.map((id) => live(id, { displayName: `Person ${id}` })),
          }),
        ),
      ],
    },
  ]);
  const markdown = await markdownOf(records, { budget: 1500 });
  expect(shown(markdown, "!")).toBe(3);
  expect(markdown.match(/personalNotes/gu)).toHaveLength(1);
});

test("where a delete does not fit, no create is shown, however short it is", async () => {
  const records = planOf([
    {
      name: "staff",
      books: [
        bookPlan(
          book("m@contoso.com"),
          diff({
            desired: [desired("c", { displayName: "Person c" })],
            live: [live("d", { displayName: `Person d ${"ö".repeat(500)}` })],
          }),
        ),
      ],
    },
  ]);
  const markdown = await markdownOf(records, { budget: 1100 });
  expect([shown(markdown, "-"), shown(markdown, "+")]).toEqual([0, 0]);
  expect([counted(markdown, "delete"), counted(markdown, "create")]).toEqual([1, 1]);
});

test("where the rest is, is said in the caller's words", async () => {
  const markdown = await markdownOf(planWith({ deletes: 100, updates: 0, creates: 0 }), {
    budget: 1500,
    more: "see [the run](https://example.com/run)",
  });
  expect(markdown).toMatch(
    /^\d+ more deletes not shown here; see \[the run\]\(https:\/\/example\.com\/run\)\.$/mu,
  );
});

test("many syncs, refusals and diagnostics do not go beyond the room either", async () => {
  const records = planOf(
    Array.from({ length: 3000 }, (_, i) => ({ name: `sync-${i}`, books: [] })),
    {
      refusals: Array.from({ length: 500 }, (_, i) => ({
        sync: `sync-${i}`,
        limit: "deletes",
        found: 9,
        allowed: 1,
        message: "So many people. ".repeat(20),
        allow: "--allow deletes=9",
      })),
      diagnostics: Array.from({ length: 500 }, () => ({
        severity: "error",
        code: "c",
        summary: "S",
        detail: "Detail. ".repeat(50),
        place: null,
      })),
    },
  );
  const markdown = await markdownOf(records);
  expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(65_536);
  expect(markdown).toMatch(/^\d+ more refusals not shown here\.$/mu);
  expectHarmless(markdown);
});
