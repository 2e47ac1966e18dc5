import * as fc from "fast-check";
import markdownIt from "markdown-it";
import { expect, test } from "vitest";
import type { ContactFields } from "../../../src/model/contact.ts";
import type { PlanRecord } from "../../../src/model/plan.ts";
import { renderMarkdown } from "../../../src/render/markdown/markdown.ts";
import type { MarkdownOptions } from "../../../src/render/markdown/markdown.ts";
import { book, bookPlan, desired, diff, live, planOf, streamed } from "../../plan/world.ts";
import { incomplete } from "../results.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "../plans.ts";

async function markdownOf(
  records: readonly PlanRecord[],
  options: Partial<MarkdownOptions> = {},
): Promise<string> {
  return await renderMarkdown(streamed(records), { budget: 65_536, ...options });
}

/** What a reader of Markdown makes of it, as GitHub reads it: with tables, and links made of what looks like one. */
const parser = markdownIt({ html: true, linkify: true });

interface Seen {
  /** Text that is neither code nor markup: here a mention would be one. */
  readonly text: string;
  readonly html: readonly string[];
  readonly kinds: ReadonlySet<string>;
}

function seen(markdown: string): Seen {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return {
    text: tokens
      .filter(({ type }) => type === "text")
      .map(({ content }) => content)
      .join("\n"),
    html: tokens.filter(({ type }) => type.startsWith("html")).map(({ content }) => content.trim()),
    kinds: new Set(tokens.map(({ type }) => type.replace(/_(?:open|close)$/u, ""))),
  };
}

const ownHtml =
  /^(?:<details(?: open)?><summary><b>\d+ [a-z, ]+<\/b><\/summary>|<\/details>|<code>|<\/code>)$/u;
const ownKinds =
  /^(?:heading|inline|text|table|thead|tbody|tr|th|td|code_inline|fence|html_block|html_inline|paragraph|strong|softbreak)$/u;

function expectHarmless(markdown: string): void {
  const { text, html, kinds } = seen(markdown);
  expect([...kinds].filter((kind) => !ownKinds.test(kind))).toEqual([]);
  expect(html.filter((tag) => !ownHtml.test(tag))).toEqual([]);
  expect(text).not.toMatch(/[@<>[\]]|::|mallory|everybody/iu);
  expect(markdown).not.toMatch(/^\s*::|##\w*\[/mu);
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(markdown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028]/u);
  expect(markdown.isWellFormed()).toBe(true);
}

test.each([
  ["a-week", aWeek],
  ["pull-request", pullRequest],
  ["nothing-to-do", nothingToDo],
  ["trouble", trouble],
  ["hostile", hostile],
])("the plan %s reads as its golden file, and nothing in it is markup but our own", async (name, records) => {
  const markdown = await markdownOf(records);
  await expect(markdown).toMatchFileSnapshot(`../golden/${name}.md`);
  expectHarmless(markdown);
});

test("what became of a plan stands above it", async () => {
  const markdown = await markdownOf(aWeek, { result: incomplete });
  await expect(markdown).toMatchFileSnapshot("../golden/result.md");
  expectHarmless(markdown);
});

const nasty = [
  "@contoso/everybody",
  "```\n@everybody\n```",
  "~~~~",
  "`` ` ```",
  "a | b | c",
  String.raw`a \| b`,
  "<img src=x onerror=alert(1)>",
  "</details></summary><h1>hi</h1>",
  "<!-- galops -->",
  "::error::boom",
  "\n::add-mask::e",
  "##[add-mask]e ##vso[task.setvariable variable=x]y",
  "[x](https://mallory.example) ![x](https://mallory.example/x.png) https://mallory.example #1 :smile:",
  "\u001B[31m\u202E",
  "    indented",
  "- item\n# heading\n> quote\n---",
  "&lt;b&gt; &#64;everybody",
];

function planNaming(name: string): readonly PlanRecord[] {
  const fields: ContactFields = {
    displayName: name,
    surname: name,
    emailAddresses: [name],
    personalNotes: `${name} long enough to be told by its words, ${name}`,
  };
  const changes = diff({
    desired: [
      desired("new", fields),
      desired("same", { ...fields, personalNotes: `${name}!` }),
      desired("x", { displayName: "X" }),
    ],
    live: [live("gone", fields), live("same", fields)],
  });
  const withheld = diff({ desired: [], live: [live("kept", fields)], policy: "create-only" });
  const problem = { severity: "error", code: "mailbox-busy", message: name } as const;
  return planOf(
    [
      {
        name,
        books: [bookPlan(book(name, { folder: name }), changes), bookPlan(book(`${name}2`), { problem })],
      },
      { name: `${name}3`, books: [bookPlan(book(name), withheld)] },
    ],
    {
      diagnostics: [
        {
          severity: "error",
          code: "c",
          summary: "S",
          detail: name,
          place: { file: name, line: 1, column: 1 },
          excerpt: name,
        },
        { severity: "warning", code: "c", summary: "S", detail: `${name} ${name}`, place: null },
      ],
      refusals: [
        { sync: name, limit: "deletes", found: 9, allowed: 1, message: name, allow: "--allow deletes=9" },
      ],
    },
  );
}

test.each(nasty)("the name %j is shown and does nothing", async (name) => {
  expect.hasAssertions();
  expectHarmless(
    await markdownOf(planNaming(name), {
      result: {
        ...incomplete,
        failures: incomplete.failures.map((failure) => ({ ...failure, displayName: name, message: name })),
      },
    }),
  );
});

test("whatever people are called, nothing of it is markup", async () => {
  expect.hasAssertions();
  const part = fc.constantFrom(
    "`",
    "``",
    "\n",
    "~",
    "|",
    "@a",
    "<b>",
    "\\",
    "*",
    "_",
    "[",
    "](x)",
    "#",
    ">",
    "-",
    "::error::",
    " ",
    "x",
    "&amp;",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
      expectHarmless(await markdownOf(planNaming(parts.join(""))));
    }),
    { numRuns: 200 },
  );
});

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
