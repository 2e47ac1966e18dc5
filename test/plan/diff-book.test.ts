import { expect, test } from "vitest";
import type { FieldPolicy } from "../../src/model/contact-fields.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import type { Change } from "../../src/model/plan.ts";
import { ann, bo, briefly, chandra, desired, diff, live, otherOwner } from "./world.ts";

function reasonOf(now: ContactFields, edits: ContactFields): string | undefined {
  return diff({ desired: [desired("ann", now)], live: [live("ann", ann, { edits })] }).changes[0]?.reason;
}

function info(displayName: string): ContactFields {
  return { displayName, emailAddresses: ["info@contoso.com"] };
}

function changesWith(department: string): readonly Change[] {
  return diff({
    desired: [desired("ann", { ...ann, department: "IT" })],
    live: [live("ann", ann, { edits: { department } })],
    fieldPolicy: () => "keep-edits",
  }).changes;
}

test("a contact that is missing is created with every field that is not empty", () => {
  const { changes, unchanged } = diff({ desired: [desired("bo", bo)], live: [] });
  expect(briefly(changes)).toEqual(["create contoso/bo new"]);
  expect(changes[0]?.fields).toEqual([
    { field: "displayName", before: null, after: "Bo Li" },
    { field: "givenName", before: null, after: "Bo" },
    { field: "surname", before: null, after: "Li" },
    { field: "emailAddresses", before: null, after: ["bo@contoso.com"] },
    { field: "jobTitle", before: null, after: "Accountant" },
  ]);
  expect(unchanged).toBe(0);
});

test("a contact that is as it should be is only counted", () => {
  expect(diff({ desired: [desired("ann", ann)], live: [live("ann", ann)] })).toEqual({
    changes: [],
    unchanged: 1,
    unmanaged: 0,
  });
});

test("a contact whose person left is deleted, with what is lost", () => {
  const { changes } = diff({ desired: [], live: [live("c", { ...chandra, photo: "p1" })] });
  expect(briefly(changes)).toEqual(["delete contoso/c left"]);
  expect(changes[0]).toMatchObject({
    displayName: "Chandra",
    fields: [
      { field: "displayName", before: "Chandra", after: null },
      { field: "emailAddresses", before: ["chandra@fabrikam.com"], after: null },
      { field: "jobTitle", before: "Lead", after: null },
      { field: "photo", before: "p1", after: null },
    ],
  });
});

test("contacts of others are counted in a folder of ours, and neither counted nor touched elsewhere", () => {
  const input = {
    desired: [],
    live: [
      live("ann", ann, { id: "private", marker: null }),
      live("bo", bo, {
        marker: { owner: otherOwner, key: "contoso/bo", digest: "", photo: "", hiddenSince: "" },
      }),
    ],
  };
  expect(diff(input)).toEqual({ changes: [], unchanged: 0, unmanaged: 2 });
  expect(diff({ ...input, isWhole: false })).toEqual({ changes: [], unchanged: 0, unmanaged: null });
});

test("a contact that looks the same but is not ours does not stand for the person", () => {
  const { changes } = diff({ desired: [desired("ann", ann)], live: [live("ann", ann, { marker: null })] });
  expect(briefly(changes)).toEqual(["create contoso/ann new"]);
});

test("the digest says who made a contact differ", () => {
  expect(reasonOf({ ...ann, jobTitle: "Lead" }, {})).toBe("source-changed");
  expect(reasonOf(ann, { jobTitle: "Boss" })).toBe("edited");
  expect(reasonOf({ ...ann, jobTitle: "Lead" }, { jobTitle: "Boss" })).toBe("both");
  expect(reasonOf({ ...ann, surname: "Berg" }, { jobTitle: "Boss" })).toBe("both");
  expect(reasonOf({ ...ann, department: "IT" }, {})).toBe("source-changed");
});

test("a damaged digest leaves it to the source to have changed", () => {
  const marker = {
    owner: live("ann", ann).marker?.owner ?? "",
    key: "contoso/ann",
    digest: "dnxx",
    photo: "",
    hiddenSince: "",
  };
  const { changes } = diff({
    desired: [desired("ann", ann)],
    live: [live("ann", ann, { marker, edits: { jobTitle: "Boss" } })],
  });
  expect(changes[0]?.reason).toBe("source-changed");
});

test("only a marker that is behind is no change", () => {
  const { changes, unchanged } = diff({
    desired: [desired("ann", { ...ann, jobTitle: "Lead" })],
    live: [live("ann", ann, { edits: { jobTitle: "Lead" } })],
  });
  expect(changes).toEqual([]);
  expect(unchanged).toBe(1);
});

test("fields that are not desired are left alone, emptied ones are emptied", () => {
  const { jobTitle: _, ...withoutTitle } = ann;
  const held = live("ann", { ...ann, personalNotes: "met in Gdynia" });
  expect(diff({ desired: [desired("ann", withoutTitle)], live: [held] }).changes).toEqual([]);
  const { changes } = diff({
    desired: [desired("ann", { ...ann, jobTitle: "", businessPhones: [] })],
    live: [held],
  });
  expect(changes[0]?.fields).toEqual([
    { field: "businessPhones", before: ["+48 22 100 10 01"], after: [] },
    { field: "jobTitle", before: "Engineer", after: "" },
  ]);
});

test("what changes stands in the order of the table of fields, in whatever order it is desired", () => {
  const { changes } = diff({
    desired: [desired("ann", { jobTitle: "Lead", surname: "Berg", displayName: "Ann Berg" })],
    live: [live("ann", ann)],
  });
  expect(changes[0]?.fields.map(({ field }) => field)).toEqual(["displayName", "surname", "jobTitle"]);
});

test("a mail address in another case is the same address, a phone in another order is not the same list", () => {
  const two = { ...ann, businessPhones: ["1", "2"] };
  const input = [desired("ann", { ...two, emailAddresses: ["Ann@Contoso.com"] })];
  expect(diff({ desired: input, live: [live("ann", two)] }).changes).toEqual([]);
  const turned = [desired("ann", { ...two, businessPhones: ["2", "1"] })];
  expect(diff({ desired: turned, live: [live("ann", two)] }).changes).toHaveLength(1);
});

test("a photo is known by what the marker says, and its absence at the source leaves it", () => {
  const held = [live("ann", { ...ann, photo: "p1" })];
  const change = (photo: string) =>
    diff({ desired: [desired("ann", { ...ann, photo })], live: held }).changes;
  expect(change("p1")).toEqual([]);
  expect(change("")).toEqual([]);
  expect(change("p2")).toMatchObject([
    { reason: "source-changed", fields: [{ field: "photo", before: "p1", after: "p2" }] },
  ]);
});

test("of contacts with one key the oldest stays; the copies go from a folder of ours only", () => {
  const input = {
    desired: [desired("ann", ann)],
    live: [
      live("ann", ann, { id: "copy-b", createdAt: "2026-02-01T00:00:00Z" }),
      live("ann", ann, { id: "first", createdAt: "2026-01-01T00:00:00Z" }),
      live("ann", ann, { id: "copy-a", createdAt: "2026-02-01T00:00:00Z" }),
    ],
  };
  const { changes, unchanged } = diff(input);
  expect(unchanged).toBe(1);
  expect(changes.map((change) => [change.reason, change.action === "delete" && change.live.id])).toEqual([
    ["duplicate", "copy-a"],
    ["duplicate", "copy-b"],
  ]);
  expect(briefly(diff({ ...input, isOurs: false }).changes)).toEqual([
    "delete contoso/ann duplicate withheld",
    "delete contoso/ann duplicate withheld",
  ]);
});

test("changes are ordered by key, then by the id of the live contact", () => {
  const { changes } = diff({
    desired: [desired("b", bo)],
    live: [
      live("a", ann, { id: "z", createdAt: "2026-01-01T00:00:00Z" }),
      live("a", ann, { id: "y", createdAt: "2026-02-01T00:00:00Z" }),
      live("C", chandra),
    ],
  });
  const ids = changes.map((change) => (change.action === "create" ? "new" : change.live.id));
  expect(ids).toEqual(["live-C", "y", "z", "new"]);
});

test("a person under a new key with the same address keeps the contact", () => {
  const { changes } = diff({
    desired: [desired("ann-new", { ...ann, surname: "Berg" })],
    live: [live("ann-old", ann, { edits: { emailAddresses: ["ANN@contoso.com"] } })],
  });
  expect(briefly(changes)).toEqual(["update contoso/ann-new rekeyed"]);
  expect(changes[0]).toMatchObject({ live: { id: "live-ann-old" }, fields: [{ field: "surname" }] });
});

test("a rekeyed contact without any other difference is an update all the same", () => {
  const { changes } = diff({ desired: [desired("new", ann)], live: [live("old", ann)] });
  expect(changes).toMatchObject([{ action: "update", reason: "rekeyed", fields: [] }]);
});

test("an address that two people share, or two contacts hold, rekeys nothing", () => {
  const twoDesired = diff({
    desired: [desired("n1", info("A")), desired("n2", info("B"))],
    live: [live("old", info("A"))],
  });
  expect(briefly(twoDesired.changes)).toEqual([
    "create contoso/n1 new",
    "create contoso/n2 new",
    "delete contoso/old left",
  ]);
  const twoLive = diff({
    desired: [desired("n1", info("A"))],
    live: [live("o1", info("A")), live("o2", info("B"))],
  });
  expect(briefly(twoLive.changes)).toEqual([
    "create contoso/n1 new",
    "delete contoso/o1 left",
    "delete contoso/o2 left",
  ]);
});

test("a person who is still there under the old key is not rekeyed", () => {
  const { changes } = diff({ desired: [desired("a", ann), desired("b", ann)], live: [live("a", ann)] });
  expect(briefly(changes)).toEqual(["create contoso/b new"]);
});

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

test("a contact with a picture is not given to somebody who has none: it would go on to show the former face", () => {
  const held = live("jan-old", { ...ann, photo: "p1" });
  const changesTo = (photo: string | undefined) =>
    briefly(
      diff({
        desired: [desired("jan-new", photo === undefined ? ann : { ...ann, photo })],
        live: [held],
      }).changes,
    );
  expect(changesTo("")).toEqual(["create contoso/jan-new new", "delete contoso/jan-old left"]);
  expect(changesTo(undefined)).toEqual(["create contoso/jan-new new", "delete contoso/jan-old left"]);
  expect(changesTo("p2")).toEqual(["update contoso/jan-new rekeyed"]);
});

test("copies of a contact that is rekeyed are copies, and are left to their user where they are his", () => {
  const input = {
    desired: [desired("new", ann)],
    live: [
      live("old", ann, { id: "first" }),
      live("old", ann, { id: "copy", createdAt: "2027-01-01T00:00:00Z" }),
    ],
  };
  expect(briefly(diff(input).changes)).toEqual([
    "update contoso/new rekeyed",
    "delete contoso/old duplicate",
  ]);
  expect(briefly(diff({ ...input, isOurs: false }).changes)).toEqual([
    "update contoso/new rekeyed",
    "update contoso/new rekeyed",
    "delete contoso/old duplicate withheld",
  ]);
});

test("a duplicate names the contact that stays", () => {
  const { changes } = diff({
    desired: [desired("ann", ann)],
    live: [
      live("ann", ann, { id: "copy", createdAt: "2027-01-01T00:00:00Z" }),
      live("ann", ann, { id: "first" }),
    ],
  });
  expect(changes).toMatchObject([{ live: { id: "copy" }, survivor: { id: "first", key: "contoso/ann" } }]);
});

test("a key that is desired twice is a bug and not a second contact", () => {
  expect(() => diff({ desired: [desired("ann", ann), desired("ann", bo)], live: [] })).toThrow(
    "desired twice",
  );
});
