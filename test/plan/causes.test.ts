import { expect, test } from "vitest";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import { withCauses } from "../../src/plan/causes.ts";
import { createComparison } from "../../src/plan/comparison.ts";
import type { DiffInput } from "../../src/plan/diff-book.ts";
import { ann, bo, chandra, desired, diff, live } from "./world.ts";

const chief: ContactFields = { ...ann, jobTitle: "Chief" };

type Rules = Partial<Pick<DiffInput, "policy" | "fieldPolicy">>;

/** Causes of what one config would do, and what only the other would do, each as `action key: …`. */
function compared(
  have: readonly LiveContact[],
  want: readonly DesiredContact[],
  base: readonly DesiredContact[],
  rules: { readonly here?: Rules; readonly there?: Rules } = {},
) {
  const { changes, dropped } = withCauses(
    diff({ live: have, desired: want, ...rules.here }).changes,
    diff({ live: have, desired: base, ...rules.there }).changes,
  );
  return {
    changes: changes.map(({ action, key, cause }) => `${action} ${key}: ${cause}`),
    dropped: dropped.map(({ action, key }) => `${action} ${key}`),
  };
}

test("what the base would do too is pending, or drift where somebody edited the contact", () => {
  const have = [live("a", ann), live("b", bo, { edits: { jobTitle: "Boss" } }), live("c", chandra)];
  const want = [desired("a", chief), desired("b", bo), desired("d", ann)];
  expect(compared(have, want, want)).toEqual({
    changes: [
      "update contoso/a: pending",
      "update contoso/b: drift",
      "delete contoso/c: pending",
      "create contoso/d: pending",
    ],
    dropped: [],
  });
});

test("where somebody edited a contact whose person changed too, the repair is drift", () => {
  const have = [live("a", ann, { edits: { jobTitle: "Boss" } })];
  const want = [desired("a", chief)];
  expect(compared(have, want, want).changes).toEqual(["update contoso/a: drift"]);
});

test("what the base would not do, or would do otherwise, is of this change", () => {
  const have = [live("a", ann), live("b", bo), live("c", chandra)];
  expect(
    compared(
      have,
      [desired("a", chief), desired("b", { ...bo, jobTitle: "Lead" }), desired("d", ann), desired("e", bo)],
      [
        desired("a", ann),
        desired("b", { ...bo, jobTitle: "Boss" }),
        desired("c", chandra),
        desired("e", ann),
      ],
    ).changes,
  ).toEqual([
    "update contoso/a: this-change",
    "update contoso/b: this-change",
    "delete contoso/c: this-change",
    "create contoso/d: this-change",
    "create contoso/e: pending",
  ]);
});

test("whom the base would create too has not joined by this change, whatever it writes into his contact", () => {
  const { changes } = compared([], [desired("a", chief), desired("b", bo)], [desired("a", ann)]);
  expect(changes).toEqual(["create contoso/a: pending", "create contoso/b: this-change"]);
});

test("an edit is drift also where this change writes other fields of the contact", () => {
  const have = [
    live("a", ann, { edits: { jobTitle: "Boss" } }),
    live("b", bo, { edits: { jobTitle: "Boss" } }),
  ];
  const want = [desired("a", { ...ann, surname: "Berg" }), desired("b", bo)];
  const base = [desired("a", ann), desired("b", { ...bo, surname: "Berg" })];
  expect(compared(have, want, base).changes).toEqual(["update contoso/a: drift", "update contoso/b: drift"]);
});

test("an edit that only this change overwrites is of this change", () => {
  const have = [live("a", ann, { edits: { jobTitle: "Boss" } })];
  const { changes } = compared(have, [desired("a", chief)], [desired("a", ann)], {
    there: { fieldPolicy: () => "keep-edits" },
  });
  expect(changes).toEqual(["update contoso/a: this-change"]);
});

test("a change to more or to fewer fields is another one", () => {
  const have = [live("a", ann)];
  const more = [desired("a", { ...chief, surname: "Berg" })];
  const fewer = [desired("a", chief)];
  expect(compared(have, more, fewer)).toEqual({ changes: ["update contoso/a: this-change"], dropped: [] });
  expect(compared(have, fewer, more)).toEqual({ changes: ["update contoso/a: this-change"], dropped: [] });
});

test("what only the base would do is dropped", () => {
  const have = [live("a", ann), live("c", chandra)];
  const base = [desired("a", chief), desired("b", bo)];
  expect(compared(have, [desired("a", ann), desired("c", chandra)], base)).toEqual({
    changes: [],
    dropped: ["update contoso/a", "create contoso/b", "delete contoso/c"],
  });
});

test("a change that one config withholds is not the same as one that is made", () => {
  const have = [live("a", ann)];
  const keep = { policy: "upsert-only" } as const;
  expect(compared(have, [], [], { there: keep }).changes).toEqual(["delete contoso/a: this-change"]);
  expect(compared(have, [], [], { here: keep })).toEqual({
    changes: ["delete contoso/a: this-change"],
    dropped: ["delete contoso/a"],
  });
  expect(compared(have, [], [], { here: keep, there: keep })).toEqual({
    changes: ["delete contoso/a: pending"],
    dropped: [],
  });
});

test("two copies of one contact are told apart", () => {
  const copy = live("a", ann, { id: "copy", createdAt: "2026-09-09T00:00:00Z" });
  const have = [live("a", ann), copy];
  // The base deletes the copy and the contact with it; this config deletes the copy alone.
  expect(compared(have, [desired("a", ann)], [])).toEqual({
    changes: ["delete contoso/a: pending"],
    dropped: ["delete contoso/a"],
  });
});

test("a comparison counts what is made by cause, and what is dropped", () => {
  const have = [live("a", ann), live("b", bo), live("c", chandra)];
  const comparison = createComparison("sha256:ba5e");
  const caused = withCauses(
    diff({ live: have, desired: [desired("a", chief), desired("c", chandra)], policy: "upsert-only" })
      .changes,
    diff({ live: have, desired: [desired("a", chief), desired("b", bo)] }).changes,
  );
  comparison.add(caused);
  comparison.add(caused);
  const none = { create: 0, update: 0, delete: 0, adopt: 0 };
  expect(comparison.comparison()).toEqual({
    baseDigest: "sha256:ba5e",
    causes: { "this-change": none, pending: { ...none, update: 2 }, drift: none },
    dropped: { ...none, delete: 2 },
  });
});
