import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ContactFields } from "../../../src/model/contact.ts";
import type { PlanRecord } from "../../../src/model/plan.ts";
import { book, bookPlan, desired, diff, live, planOf } from "../../plan/world.ts";
import { incomplete } from "../results.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "../plans.ts";
import { markdownOf, expectHarmless } from "./harmless-markdown.ts";

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
