import { expect, test } from "vitest";
import type { FieldPolicy } from "../../src/model/contact-fields.ts";
import type { Change } from "../../src/model/plan.ts";
import { ann, bo, briefly, chandra, desired, diff, live } from "./world.ts";

function changesWith(department: string): readonly Change[] {
  return diff({
    desired: [desired("ann", { ...ann, department: "IT" })],
    live: [live("ann", ann, { edits: { department } })],
    fieldPolicy: () => "keep-edits",
  }).changes;
}

test("policies of a sync withhold what they forbid, and say so", () => {
  const input = {
    desired: [desired("ann", { ...ann, jobTitle: "Lead" }), desired("bo", bo)],
    live: [live("ann", ann), live("c", chandra)],
  };
  expect(briefly(diff({ ...input, policy: "upsert-only" }).changes)).toEqual([
    "update contoso/ann source-changed",
    "create contoso/bo new",
    "delete contoso/c left withheld",
  ]);
  expect(briefly(diff({ ...input, policy: "create-only" }).changes)).toEqual([
    "update contoso/ann source-changed withheld",
    "create contoso/bo new",
    "delete contoso/c left withheld",
  ]);
});

test.each<[FieldPolicy, string, string, boolean]>([
  ["overwrite", "Engineer", "Boss", true],
  ["clear", "Engineer", "Boss", true],
  ["create-only", "Engineer", "Engineer", false],
  ["fill", "Engineer", "", true],
  ["fill", "Engineer", "Engineer", false],
  ["keep-edits", "Engineer", "Boss", false],
  ["keep-edits", "Engineer", "Engineer", true],
])("the policy %s, written %j and now %j: written is %s", (policy, written, now, isWritten) => {
  const { changes } = diff({
    desired: [desired("ann", { ...ann, jobTitle: "Lead" })],
    live: [live("ann", { ...ann, jobTitle: written }, { edits: { jobTitle: now } })],
    fieldPolicy: (field) => (field === "jobTitle" ? policy : "overwrite"),
  });
  expect(changes.map(({ withheld }) => withheld === null)).toEqual([isWritten]);
});

test("keep-edits takes what stands in a field that was never written for somebody's own", () => {
  expect(briefly(changesWith("Sales"))).toEqual(["update contoso/ann source-changed withheld"]);
  expect(briefly(changesWith(""))).toEqual(["update contoso/ann source-changed"]);
});

test("what a policy keeps is shown as withheld, beside what is changed of the same contact", () => {
  const { changes, unchanged } = diff({
    desired: [desired("ann", { ...ann, jobTitle: "Lead", surname: "Berg" })],
    live: [live("ann", ann, { edits: { jobTitle: "Boss" } })],
    fieldPolicy: (field) => (field === "jobTitle" ? "keep-edits" : "overwrite"),
  });
  expect(changes.map(({ reason, withheld, fields }) => [reason, withheld === null, fields])).toEqual([
    ["source-changed", true, [{ field: "surname", before: "Ek", after: "Berg" }]],
    ["both", false, [{ field: "jobTitle", before: "Boss", after: "Lead" }]],
  ]);
  expect(unchanged).toBe(0);
});

test("an edit that the source catches up with is an edit no longer", () => {
  const rules = { fieldPolicy: (): FieldPolicy => "keep-edits" };
  const edited = live("ann", ann, { edits: { jobTitle: "Lead" } });
  const caughtUp = desired("ann", { ...ann, jobTitle: "Lead" });
  const first = diff({ ...rules, desired: [caughtUp], live: [edited] }).changes;
  expect(first).toMatchObject([{ action: "update", fields: [], withheld: null }]);
  const marker = { ...edited.marker, digest: caughtUp.digest } as typeof edited.marker;
  const marked = { ...edited, marker };
  expect(diff({ ...rules, desired: [caughtUp], live: [marked] }).changes).toEqual([]);
  const later = diff({ ...rules, desired: [desired("ann", { ...ann, jobTitle: "Boss" })], live: [marked] });
  expect(later.changes).toMatchObject([{ withheld: null, fields: [{ field: "jobTitle", after: "Boss" }] }]);
});

test("an address of which only the case differs is not written again and again, whatever the policy", () => {
  const { changes } = diff({
    desired: [desired("ann", { ...ann, emailAddresses: ["ann@contoso.com"] })],
    live: [
      live(
        "ann",
        { ...ann, emailAddresses: ["ann@contoso.com"] },
        { edits: { emailAddresses: ["Ann@contoso.com"] } },
      ),
    ],
    fieldPolicy: () => "keep-edits",
  });
  expect(changes).toEqual([]);
});
