import { expect, test } from "vitest";
import type { ContactFields } from "../../src/model/contact.ts";
import type { BookPlan, PlanRecord } from "../../src/model/plan.ts";
import { renderPlanText } from "../../src/render/text.ts";
import { ann, book, bookPlan, desired, diff, joined, live, planOf, streamed } from "../plan/world.ts";
import type { SyncPlan } from "../plan/world.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "./plans.ts";

const dangerous =
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u200B]/u;

async function textOf(records: readonly PlanRecord[], color = false): Promise<string> {
  return joined(renderPlanText(streamed(records), { color }));
}

async function lastLine(records: readonly PlanRecord[]): Promise<string | undefined> {
  return (await textOf(records)).trimEnd().split("\n").at(-1);
}

/** A plan of one sync and one mailbox. */
function plan(of: Partial<BookPlan>): readonly SyncPlan[] {
  return [{ name: "staff", books: [bookPlan(book("m@contoso.com"), of)] }];
}

function gone(edits: ContactFields): Partial<BookPlan> {
  return diff({ desired: [], live: [live("ann", ann, { edits })] });
}

function people(count: number, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, i) => `p${10_000 + from + i}`);
}

function named(id: string, jobTitle = ""): ContactFields {
  return { displayName: `Person ${id}`, jobTitle };
}

test.each([
  ["a-week", aWeek],
  ["pull-request", pullRequest],
  ["nothing-to-do", nothingToDo],
  ["trouble", trouble],
  ["hostile", hostile],
])("the plan %s reads as its golden file", async (name, records) => {
  await expect(await textOf(records)).toMatchFileSnapshot(`golden/${name}.txt`);
});

test("colours are those of Terraform, and what they colour is the same text", async () => {
  const colored = await textOf(aWeek, true);
  await expect(colored.replaceAll("\u001B", "␛")).toMatchFileSnapshot("golden/a-week-color.txt");
  // oxlint-disable-next-line no-control-regex -- the escapes are what is looked for
  expect(colored.replaceAll(/\u001B\[[0-9;]*m/gu, "")).toBe(await textOf(aWeek));
});

test("nothing in a plan's text moves the cursor, turns the direction or forges a line", async () => {
  const text = await textOf(hostile);
  expect(text).not.toMatch(dangerous);
  expect(text.isWellFormed()).toBe(true);
  expect(text.split("\n").filter((line) => /^\s*([-+~] contact "everybody"|\+ fake)/u.test(line))).toEqual(
    [],
  );
});

test("a change is one block however many mailboxes have it", async () => {
  const change = diff({
    desired: [desired("ann", ann)],
    live: [live("ann", ann, { edits: { jobTitle: "" } })],
  });
  const books = Array.from({ length: 812 }, (_, i) => bookPlan(book(`m${1000 + i}@contoso.com`), change));
  const text = await textOf(planOf([{ name: "staff", books }]));
  expect(text.match(/contact "/gu)).toHaveLength(1);
  expect(text).toContain("# Ann Ek will be updated in 812 mailboxes\n");
  expect(text).toMatch(/\nPlan: 0 to create, 812 to update, 0 to delete\.\n$/u);
});

test("copies of a contact in one mailbox are counted as contacts of one mailbox", async () => {
  const copies = ["a", "b", "c"].map((id) => live("ann", ann, { id }));
  const text = await textOf(planOf(plan(diff({ desired: [desired("ann", ann)], live: copies }))));
  expect(text).toContain(
    "# Ann Ek will be deleted in m@contoso.com (2 contacts)\n  # (the person has another contact, which is kept)",
  );
});

test("what is lost may differ from mailbox to mailbox, and is one block all the same", async () => {
  const books = [gone({}), gone({ jobTitle: "Boss" }), gone({ personalNotes: "x" })].map((changes, i) =>
    bookPlan(book(`m${i}@contoso.com`), changes),
  );
  const text = await textOf(planOf([{ name: "staff", books }]));
  expect(text.match(/contact "/gu)).toHaveLength(1);
  expect(text).toMatch(/- jobTitle += \(differs between/u);
  expect(text).toMatch(/- personalNotes += \(differs between/u);
  expect(text).toMatch(/- surname += "Ek"/u);
});

test("a large plan shows all deletes and two hundred of the rest, updates before creates", async () => {
  const have = people(700).map((id) => live(id, named(id)));
  const want = people(1000, 300).map((id) => desired(id, named(id, id < "p10450" ? "Lead" : "")));
  const text = await textOf(
    planOf([
      { name: "staff", books: [bookPlan(book("m@contoso.com"), diff({ desired: want, live: have }))] },
    ]),
  );
  const count = (word: string) => text.split(` will be ${word}`).length - 1;
  expect([count("deleted"), count("updated"), count("created")]).toEqual([300, 150, 50]);
  expect(text).toContain("550 more changes not shown here");
  expect(text).toContain("Plan: 600 to create, 150 to update, 300 to delete.");
});

test("the last line does not say that all is well when something could not be read, or was withheld", async () => {
  const problem = { severity: "error", code: "mailbox-busy", message: "Busy." } as const;
  const error = { severity: "error", code: "c", summary: "s", detail: "d", place: null } as const;
  const withheld = diff({ desired: [], live: [live("ann", ann)], policy: "upsert-only" });
  expect(await lastLine(nothingToDo)).toBe("No changes. The tenants match the configuration.");
  expect(await lastLine(planOf(plan({ problem })))).toContain("What could be read matches");
  expect(await lastLine(planOf(plan({}), { diagnostics: [error] }))).toContain("What could be read matches");
  expect(await lastLine(planOf(plan(withheld)))).toBe("No changes. All changes found are withheld (1).");
});

test("a plan without its end is not shown as if it were whole", async () => {
  await expect(textOf(nothingToDo.slice(0, -1))).rejects.toThrow("no end");
});
