import { expect, test } from "vitest";
import type { ContactFields, LiveContact, Marker } from "../../src/model/contact.ts";
import type { JournaledStep, StepResult, WriteStep } from "../../src/model/journal.ts";
import type { Change } from "../../src/model/plan.ts";
import { historiesOf } from "../../src/undo/history.ts";
import { noOtherRuns } from "../../src/undo/other-runs.ts";
import { parsePhotoName, photoName } from "../../src/undo/photo-name.ts";
import { undoBook } from "../../src/undo/undo-book.ts";
import { bookOf, markerOf, owner } from "../journal/world.ts";

const book = bookOf("ann");
const hash = "a".repeat(64);

function step(number: number, did: WriteStep<string>, result: Partial<StepResult> | null): JournaledStep {
  const ended = { step: number, status: "done", after: null, requestId: "", code: "", ...result } as const;
  return { step: number, sync: "phones", book, did, result: result === null ? null : ended };
}

function live(
  id: string,
  fields: ContactFields,
  marker: Marker | null,
  more: Partial<LiveContact> = {},
): LiveContact {
  return { id, version: `now of ${id}`, createdAt: "", marker, fields, untouchable: null, ...more };
}

function undone(
  steps: readonly JournaledStep[],
  contacts: readonly LiveContact[],
  isRetry = false,
  takesOver = false,
): readonly Change[] {
  const [history] = historiesOf(steps);
  return undoBook(
    book,
    history?.histories ?? [],
    { live: contacts },
    { owner, isRetry, takesOver, others: noOtherRuns },
  ).plan.changes;
}

const before = {
  id: "1",
  version: "v1",
  marker: markerOf("bo", { digest: "old" }),
  fields: { displayName: "Bo", jobTitle: "Engineer", mobilePhone: "1" },
};
const update = {
  action: "update",
  key: markerOf("bo").key,
  displayName: "Bo",
  before,
  after: { fields: { jobTitle: "Lead", mobilePhone: "" }, marker: markerOf("bo", { digest: "new" }) },
} as const;
const all = { displayName: "Bo", jobTitle: "", mobilePhone: "", nickName: "" };

test.each<[string, ContactFields, Marker, string]>([
  ["as it was", { ...before.fields }, markerOf("bo", { digest: "old" }), "nothing"],
  [
    "as it was meant to be",
    { jobTitle: "Lead", mobilePhone: "" },
    markerOf("bo", { digest: "new" }),
    "mobilePhone jobTitle",
  ],
  ["half written", { jobTitle: "Lead", mobilePhone: "1" }, markerOf("bo", { digest: "old" }), "jobTitle"],
  [
    "written, and not marked",
    { jobTitle: "Lead", mobilePhone: "" },
    markerOf("bo", { digest: "old" }),
    "mobilePhone jobTitle",
  ],
  ["neither", { jobTitle: "Boss", mobilePhone: "1" }, markerOf("bo", { digest: "old" }), "left"],
  [
    "half written, and edited elsewhere",
    { jobTitle: "Lead", mobilePhone: "1", nickName: "B" },
    markerOf("bo", { digest: "old" }),
    "left",
  ],
  ["of another key by now", { jobTitle: "Lead", mobilePhone: "" }, markerOf("other"), "left"],
])("an update in doubt that is %s", (_, fields, marker, expected) => {
  for (const result of [null, { status: "unknown" as const }]) {
    const changes = undone([step(1, update, result)], [live("1", { ...all, ...fields }, marker)]);
    const told = changes.map((change) =>
      change.withheld === null ? change.fields.map(({ field }) => field).join(" ") : "left",
    );
    expect(told).toEqual(expected === "nothing" ? [] : [expected]);
  }
});

test("an update that is known to be whole is not taken for half of one", () => {
  const half = live("1", { ...all, jobTitle: "Lead", mobilePhone: "1" }, markerOf("bo", { digest: "old" }));
  expect(undone([step(1, update, {})], [half])).toMatchObject([
    { withheld: expect.stringContaining("changed after") },
  ]);
});

const create = {
  action: "create",
  key: markerOf("cai").key,
  displayName: "Cai",
  after: { fields: { displayName: "Cai", jobTitle: "Lead" }, marker: markerOf("cai") },
} as const;

test("a create in doubt is found by its key, also where it was half made", () => {
  const whole = live("7", { ...all, displayName: "Cai", jobTitle: "Lead" }, markerOf("cai"));
  const half = live("7", { ...all, displayName: "Cai" }, markerOf("cai"));
  for (const found of [whole, half]) {
    expect(undone([step(1, create, null)], [found])).toMatchObject([
      { action: "delete", withheld: null, live: { id: "7" } },
    ]);
  }
  expect(undone([step(1, create, null)], [])).toEqual([]);
  // It is not the one that this run made for sure.
  const retried = [
    step(1, create, { status: "unknown" }),
    step(2, create, { after: { id: "7", version: "", fields: null } }),
  ];
  expect(undone(retried, [whole])).toHaveLength(1);
  const both = [whole, { ...whole, id: "8" }];
  expect(undone(retried, both).map(({ withheld }) => withheld)).toEqual([null, null]);
  expect(undone([step(1, create, null)], both)).toMatchObject([
    { withheld: expect.stringContaining("Several") },
  ]);
});

test("what was only tried and refused is not undone", () => {
  const now = [live("1", { ...all, ...before.fields }, before.marker)];
  expect(undone([step(1, update, { status: "failed" })], now)).toEqual([]);
  expect(undone([step(1, create, { status: "failed" })], [live("7", all, markerOf("cai"))])).toEqual([]);
});

const remove = { action: "delete", key: markerOf("bo").key, displayName: "Bo", before, photo: hash } as const;

test("a deleted contact is made again with what the marker said, and its picture by name", () => {
  const [change] = undone([step(1, remove, {})], []);
  expect(change).toMatchObject({
    action: "create",
    withheld: null,
    desired: { key: before.marker.key, digest: "old", fields: { jobTitle: "Engineer", photo: `${hash}/` } },
  });
});

test("a delete that nobody knows of is made again where the contact is gone, and left where it is there", () => {
  for (const result of [null, { status: "unknown" as const }]) {
    expect(undone([step(1, remove, result)], [])).toMatchObject([{ action: "create" }]);
    expect(
      undone([step(1, remove, result)], [live("1", { ...all, ...before.fields }, before.marker)]),
    ).toEqual([]);
  }
});

test("a contact that was made again without its picture gets it, also where no marker tells", () => {
  const again = live("9", { ...all, ...before.fields }, before.marker);
  expect(undone([step(1, remove, {})], [again])).toEqual([]);
  expect(undone([step(1, remove, {})], [again], true)).toMatchObject([
    { action: "update", fields: [{ field: "photo", after: `${hash}/` }], live: { id: "9" } },
  ]);
  const marked = { ...remove, before: { ...before, marker: { ...before.marker, photo: "etag" } } };
  expect(undone([step(1, marked, {})], [again])).toMatchObject([
    { fields: [{ field: "photo", after: `${hash}/etag` }] },
  ]);
});

test("what carried no marker of the sync, or that of another, is left alone", () => {
  for (const marker of [null, markerOf("bo", { owner: "other" })]) {
    const other = { ...before, marker };
    const steps = [
      step(1, { ...update, before: other }, {}),
      step(2, { ...remove, before: { ...other, id: "2" } }, {}),
    ];
    const now = [live("1", { ...all, jobTitle: "Lead" }, markerOf("bo", { digest: "new" }))];
    const changes = undone(steps, now);
    expect(changes.map(({ withheld }) => withheld)).toEqual(
      changes.map(() => expect.stringContaining("no marker")),
    );
    expect(changes).toHaveLength(2);
  }
});

test("what must never be touched is not, whatever the journal says", () => {
  const untouchable = "It lies outside of the owned domains.";
  const now = live("1", { ...all, jobTitle: "Lead" }, markerOf("bo", { digest: "new" }), { untouchable });
  expect(undone([step(1, update, {})], [now])).toMatchObject([{ withheld: untouchable }]);
});

test("a contact that was hidden before is hidden again from the same day", () => {
  const hidden = { ...before, marker: { ...before.marker, hiddenSince: "2026-11-01" } };
  const now = live("1", { ...all, jobTitle: "Lead" }, markerOf("bo", { digest: "new" }));
  expect(undone([step(1, { ...update, before: hidden }, {})], [now])).toMatchObject([
    { hiddenSince: "2026-11-01" },
  ]);
});

test("the name of a picture reads back, whatever the fingerprint", () => {
  for (const fingerprint of ["", 'W/"x/y"', "\n"]) {
    expect(parsePhotoName(photoName({ hash, fingerprint }))).toEqual({ hash, fingerprint });
  }
  for (const other of ["", "etag", hash, `${hash.slice(1)}/x`]) expect(parsePhotoName(other)).toBeNull();
});

test("a copy that was left to its user stays his, lest the next plan take it for what a move left behind", () => {
  const released = { ...before.marker, key: `copy:${before.marker.key}` };
  const marked = { ...update, after: { fields: {}, marker: released } };
  const now = live("1", before.fields, released);
  const made = { id: "1", version: now.version, fields: null };
  expect(undone([step(0, marked, { after: made })], [now])).toEqual([]);
});

test("a contact without a marker that a rollback was cut off in making is completed by the next, and by nothing else", () => {
  const image = {
    ...before,
    marker: null,
    fields: { displayName: "Bo", emailAddresses: ["bo@contoso.com"], jobTitle: "Engineer" },
  };
  const deleted = step(1, { action: "delete", key: "k", displayName: "Bo", before: image, photo: null }, {});
  const begun = { displayName: "Bo", emailAddresses: ["bo@contoso.com"], jobTitle: "" };
  const [completed] = undone([deleted], [live("2", begun, null)], true, true);
  expect(completed).toMatchObject({
    action: "update",
    withheld: null,
    fields: [{ field: "jobTitle", before: "", after: "Engineer" }],
    asBefore: { marker: null },
  });
  const [first] = undone([deleted], [live("2", begun, null)], false, true);
  expect(first?.withheld).toMatch(/This person has a contact again/);
  const [other] = undone([deleted], [live("2", { ...begun, jobTitle: "Boss" }, null)], true, true);
  expect(other?.withheld).toMatch(/This person has a contact again/);
  expect(undone([deleted], [live("2", image.fields, null)], true, true)).toEqual([]);
});
