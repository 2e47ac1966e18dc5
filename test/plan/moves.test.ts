import { expect, test } from "vitest";
import type { DesiredContact, LiveContact } from "../../src/model/contact.ts";
import type { Change } from "../../src/model/plan.ts";
import type { DiffInput } from "../../src/plan/diff-book.ts";
import { createTally } from "../../src/plan/tally.ts";
import type { SyncTally } from "../../src/plan/tally.ts";
import {
  ann,
  bo,
  book,
  bookPlan,
  briefly,
  chandra,
  desired,
  diff,
  live,
  otherOwner,
  owner,
} from "./world.ts";

const annNow = desired("ann", ann);
const boNow = desired("bo", bo);
const annMark = { owner, digest: annNow.digest, photo: "", hiddenSince: "" };
const inDefault = (...contacts: readonly LiveContact[]) => [{ isOurs: false, live: contacts }];
const inFolder = (...contacts: readonly LiveContact[]) => [{ isOurs: true, live: contacts }];

function survivors(changes: readonly Change[]): readonly unknown[] {
  return changes.flatMap((change) => (change.action === "delete" ? [change.survivor] : []));
}

function tallied(wanted: readonly DesiredContact[], changes: readonly Change[], unchanged = 0): SyncTally {
  const tally = createTally();
  tally.add("phones", bookPlan(book("eve@contoso.com"), { changes, unchanged }), wanted);
  return tally.of("phones");
}

test("who is elsewhere is made anew, and deleted there for the sake of what is made", () => {
  const { changes, unchanged } = diff({
    desired: [annNow],
    live: [],
    elsewhere: inDefault(live("ann", ann)),
  });
  expect(briefly(changes)).toEqual(["create contoso/ann moved", "delete contoso/ann moved-away"]);
  expect(survivors(changes)).toEqual([{ id: null, key: "contoso/ann" }]);
  expect(unchanged).toBe(0);
});

test("who is there already, since a run was cut off, is only deleted elsewhere", () => {
  const made = live("ann", ann, { createdAt: "2026-02-01T00:00:00Z" });
  const before = live("ann", ann, { id: "before" });
  const { changes } = diff({ desired: [annNow], live: [made], elsewhere: inDefault(before) });
  expect(briefly(changes)).toEqual(["delete contoso/ann duplicate"]);
  expect(survivors(changes)).toEqual([{ id: made.id, key: "contoso/ann" }]);
});

test("a copy younger than what stays is its user's in his own folder, and goes from one of ours", () => {
  const copy = live("ann", ann, { id: "copy", createdAt: "2026-02-01T00:00:00Z" });
  const input = { desired: [annNow], live: [live("ann", ann)] };
  expect(briefly(diff({ ...input, elsewhere: inDefault(copy) }).changes)).toEqual([
    "delete contoso/ann duplicate withheld",
  ]);
  expect(briefly(diff({ ...input, elsewhere: inFolder(copy) }).changes)).toEqual([
    "delete contoso/ann duplicate",
  ]);
});

test("only the oldest moves out of the user's own place, and the copies are left to him for good", () => {
  const copy = live("ann", ann, { id: "copy", createdAt: "2026-02-01T00:00:00Z" });
  const input = { desired: [annNow], live: [] };
  const { changes } = diff({ ...input, elsewhere: inDefault(copy, live("ann", ann)) });
  expect(briefly(changes)).toEqual([
    "create contoso/ann moved",
    "update contoso/ann released",
    "delete contoso/ann moved-away withheld",
    "delete contoso/ann moved-away",
  ]);
  expect(changes[1]).toMatchObject({
    live: { id: "copy" },
    fields: [],
    desired: { key: "copy:contoso/ann" },
  });
  expect(tallied([annNow], changes)).toMatchObject({ updates: 0, deletes: 0, creates: 0 });
  const released = live("ann", ann, { id: "copy", marker: { ...annMark, key: "copy:contoso/ann" } });
  const made = { desired: [annNow], live: [live("ann", ann)] };
  expect(diff({ ...made, elsewhere: inDefault(released) }).changes).toEqual([]);
  expect(diff({ ...made, live: [...made.live, released] })).toMatchObject({ changes: [], unmanaged: 1 });
});

test("all copies in a folder of ours give way to the one contact that is made", () => {
  const copy = live("ann", ann, { id: "copy", createdAt: "2026-02-01T00:00:00Z" });
  const { changes } = diff({ desired: [annNow], live: [], elsewhere: inFolder(live("ann", ann), copy) });
  expect(briefly(changes)).toEqual([
    "create contoso/ann moved",
    "delete contoso/ann moved-away",
    "delete contoso/ann moved-away",
  ]);
});

test("who has another key now moves, too; who left goes; what is not ours stays", () => {
  const others = live("bo", bo, {
    id: "theirs",
    marker: { owner: otherOwner, key: "contoso/bo", digest: "", photo: "", hiddenSince: "" },
  });
  const mine = live("bo", bo, { id: "mine", marker: null });
  const { changes } = diff({
    desired: [desired("ann-2", ann)],
    live: [],
    elsewhere: inDefault(live("ann", ann), live("chandra", chandra), others, mine),
  });
  expect(briefly(changes)).toEqual([
    "delete contoso/ann moved-away",
    "create contoso/ann-2 moved",
    "delete contoso/chandra left",
  ]);
});

test("a contact that goes on under another key in the book itself takes nobody of the old key with it", () => {
  const again = live("ann", ann, { id: "again", createdAt: "2025-01-01T00:00:00Z" });
  const { changes } = diff({
    desired: [desired("ann-2", ann)],
    live: [live("ann", ann)],
    elsewhere: inDefault(again),
  });
  expect(briefly(changes)).toEqual(["delete contoso/ann duplicate", "update contoso/ann-2 rekeyed"]);
  expect(survivors(changes)).toEqual([{ id: "live-ann", key: "contoso/ann-2" }]);
});

test("a copy is its user's also once the person has another key or has left, not so what is from before", () => {
  const copy = live("ann", ann, { id: "copy", createdAt: "2026-02-01T00:00:00Z" });
  const before = live("chandra", chandra, { id: "before", createdAt: "2025-01-01T00:00:00Z" });
  const elsewhere = inDefault(copy, before);
  const rekeyed = diff({ desired: [desired("ann-2", ann)], live: [live("ann-2", ann)], elsewhere });
  expect(briefly(rekeyed.changes)).toEqual([
    "delete contoso/ann left withheld",
    "delete contoso/chandra left",
  ]);
  const left = diff({ desired: [boNow], live: [live("bo", bo)], elsewhere });
  expect(left.changes).toEqual(rekeyed.changes);
  expect(
    briefly(diff({ desired: [boNow], live: [live("bo", bo)], elsewhere: inFolder(copy) }).changes),
  ).toEqual(["delete contoso/ann left"]);
});

test("of a picture nothing goes along, whatever its policy: the config's is made, or none", () => {
  const before = live("ann", { ...ann, photo: "before" }, { edits: { photo: "before" } });
  const elsewhere = inDefault(before);
  const photoMade = (wanted: DesiredContact, rules: Partial<DiffInput> = {}) => {
    const { changes } = diff({ desired: [wanted], live: [], elsewhere, ...rules });
    return changes.flatMap((change) => (change.action === "create" ? [change.desired.fields.photo] : []));
  };
  expect(photoMade(annNow)).toEqual([undefined]);
  const withPicture = desired("ann", { ...ann, photo: "now" });
  expect(photoMade(withPicture)).toEqual(["now"]);
  expect(photoMade(withPicture, { fieldPolicy: () => "create-only" })).toEqual(["now"]);
});

test("what users wrote goes along, where the config leaves it alone or its policies keep it", () => {
  const edits = { jobTitle: "Boss", personalNotes: "likes tea", businessPhones: ["1"] };
  const { changes } = diff({
    desired: [annNow],
    live: [],
    elsewhere: inDefault(live("ann", ann, { edits })),
    fieldPolicy: (field) => (field === "jobTitle" ? "keep-edits" : "overwrite"),
  });
  const [create] = changes;
  expect(create).toMatchObject({
    action: "create",
    desired: { fields: { ...ann, jobTitle: "Boss", personalNotes: "likes tea" }, digest: annNow.digest },
  });
});

test("after a move there is nothing left to do, edits that are kept included", () => {
  const edits = { jobTitle: "Boss" };
  const rules: Pick<DiffInput, "fieldPolicy"> = { fieldPolicy: () => "keep-edits" };
  const { changes } = diff({
    desired: [annNow],
    live: [],
    elsewhere: inDefault(live("ann", ann, { edits })),
    ...rules,
  });
  const made = changes.flatMap((change) => (change.action === "create" ? [change.desired] : []));
  const now = made.map(({ fields }) => live("ann", ann, { edits: fields }));
  const again = diff({ desired: [annNow], live: now, ...rules }).changes;
  expect(again.filter(({ withheld }) => withheld === null)).toEqual([]);
});

test("a sync that deletes nothing keeps contacts up to date where they are, and shows that they do not move", () => {
  const lead = desired("ann", { ...ann, jobTitle: "Lead" });
  const input = { desired: [lead, boNow], live: [live("bo", bo)], elsewhere: inDefault(live("ann", ann)) };
  const { changes, unchanged } = diff({ ...input, policy: "upsert-only" });
  expect([briefly(changes), unchanged]).toEqual([
    ["create contoso/ann moved withheld", "update contoso/ann source-changed"],
    1,
  ]);
  expect(changes[0]?.withheld).toContain("upsert-only: it deletes nothing, so the contact stays");
  expect(tallied([lead, boNow], changes, unchanged)).toMatchObject({ owned: 2, creates: 0 });
});

test("a move is neither a loss nor a gain to the limits, and who moves stays", () => {
  const wanted = [annNow, boNow];
  const { changes } = diff({
    desired: wanted,
    live: [],
    elsewhere: inDefault(live("ann", ann), live("bo", bo), live("chandra", chandra)),
  });
  expect(tallied(wanted, changes)).toMatchObject({
    owned: 3,
    deletes: 1,
    creates: 0,
    keptContacts: 2,
    lostOrigins: [],
  });
});
