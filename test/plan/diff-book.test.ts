import { expect, test } from "vitest";
import type { ContactFields } from "../../src/model/contact.ts";
import { ann, bo, briefly, chandra, desired, diff, live, otherOwner } from "./world.ts";

function reasonOf(now: ContactFields, edits: ContactFields): string | undefined {
  return diff({ desired: [desired("ann", now)], live: [live("ann", ann, { edits })] }).changes[0]?.reason;
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

test("one contact being as it should be says nothing of another with the same fields, or with the same marker", () => {
  const wanted = [desired("ann", { ...ann, photo: "p1" })];
  const right = live("ann", { ...ann, photo: "p1" });
  const [{ marker, fields }, edited] = [right, { ...right.fields, jobTitle: "Boss" }];
  const unpictured = { ...right, marker: marker && { ...marker, photo: "" } };
  expect(diff({ desired: wanted, live: [right] }).unchanged).toBe(1);
  expect(briefly(diff({ desired: wanted, live: [unpictured] }).changes)).toHaveLength(1);
  expect(briefly(diff({ desired: wanted, live: [{ ...right, fields: edited }] }).changes)).toHaveLength(1);
  expect(diff({ desired: wanted, live: [{ ...right, fields, marker }] }).unchanged).toBe(1);
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

test("a photo is known by what the marker says, and its absence at the source is shown and leaves it", () => {
  const held = [live("ann", { ...ann, photo: "p1" })];
  const change = (photo: string, more: object = {}) =>
    diff({ desired: [desired("ann", { ...ann, photo, ...more })], live: held }).changes;
  expect(change("p1")).toEqual([]);
  const withheld = expect.stringContaining("no way to delete") as string;
  const stays = { action: "update", withheld, fields: [{ field: "photo", before: "p1", after: "" }] };
  expect(change("")).toMatchObject([stays]);
  expect(change("", { jobTitle: "Lead" })).toMatchObject([{ fields: [{ field: "jobTitle" }] }, stays]);
  expect(change("p2")).toMatchObject([
    { reason: "source-changed", fields: [{ field: "photo", before: "p1", after: "p2" }] },
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
