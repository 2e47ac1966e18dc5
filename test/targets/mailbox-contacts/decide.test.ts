import { expect, test } from "vitest";
import { decide } from "../../../src/targets/mailbox-contacts/write/decide.ts";
import type { Step } from "../../../src/targets/mailbox-contacts/write/decide.ts";
import { createOf, deleteOf, updateOf } from "./changes.ts";
import { bo, desired, liveOf, otherOwner, owner } from "./world.ts";

/** What came of it, in a word. */
function verdict(step: Step): string {
  if (step.kind !== "settled") return step.kind;
  return step.outcome.problem?.code ?? step.outcome.status;
}

const live = liveOf(bo);
const newTitle = { jobTitle: "Lead engineer" };
const promoted = desired("bo", { ...bo.fields, ...newTitle });
const edited = { version: "v2", fields: { ...bo.fields, mobilePhone: "+46 70 9" } };

test("a contact that is not there is created", () => {
  expect(verdict(decide(createOf(bo), [], owner))).toBe("send");
});

test("a contact that an earlier try made already is done", () => {
  expect(verdict(decide(createOf(bo), [live], owner))).toBe("already-done");
});

test("a contact that was made meanwhile but is not as planned is stale", () => {
  expect(verdict(decide(createOf(bo), [liveOf(bo, edited)], owner))).toBe("contact-exists");
});

test("a contact that an earlier try made without its photo gets the photo only", () => {
  const pictured = desired("bo", { ...bo.fields, photo: "etag" });
  const withoutPhoto = liveOf(pictured, { fields: { ...bo.fields, photo: "" } });
  expect(decide(createOf(pictured), [withoutPhoto], owner)).toEqual({
    kind: "photo",
    change: createOf(pictured),
    current: withoutPhoto,
  });
});

test("no photo is wanted where the source has none", () => {
  const plain = desired("bo", { ...bo.fields, photo: "" });
  const pictured = liveOf(plain, { fields: { ...bo.fields, photo: "etag" } });
  expect(verdict(decide(createOf(plain), [pictured], owner))).toBe("already-done");
});

test("a contact that is as it was planned for is updated and deleted", () => {
  expect(verdict(decide(updateOf(promoted, live, newTitle), [live], owner))).toBe("send");
  expect(verdict(decide(deleteOf(live), [live], owner))).toBe("send");
});

test("a contact that changed since the plan is left alone", () => {
  const now = liveOf(bo, edited);
  expect(verdict(decide(updateOf(promoted, live, newTitle), [now], owner))).toBe("contact-changed");
  expect(verdict(decide(deleteOf(live), [now], owner))).toBe("contact-changed");
});

test("a contact that became somebody else's is left alone, even with the version that was planned for", () => {
  const now = liveOf(bo, {
    marker: { owner: otherOwner, key: bo.key, digest: "", photo: "", hiddenSince: "" },
  });
  expect(verdict(decide(updateOf(promoted, live, newTitle), [now], owner))).toBe("contact-changed");
  expect(verdict(decide(deleteOf(live), [now], owner))).toBe("contact-changed");
});

test("an update that is made already is done, though the version is another", () => {
  const now = liveOf(promoted, { version: "v2" });
  expect(verdict(decide(updateOf(promoted, live, newTitle), [now], owner))).toBe("already-done");
});

test("only the fields that the plan would write decide whether an update is made already", () => {
  const kept = liveOf(promoted, { version: "v2", fields: { ...promoted.fields, mobilePhone: "+46 70 9" } });
  expect(verdict(decide(updateOf(promoted, live, newTitle), [kept], owner))).toBe("already-done");
});

test("a contact with the fields but not yet the key of its change is not done", () => {
  const rekeyed = desired("bo-2", bo.fields);
  expect(verdict(decide(updateOf(rekeyed, live, {}), [live], owner))).toBe("send");
  expect(verdict(decide(updateOf(rekeyed, live, {}), [liveOf(rekeyed, { version: "v2" })], owner))).toBe(
    "already-done",
  );
});

test("an adopted contact that is not marked yet is not done", () => {
  const foreign = liveOf(bo, { marker: null });
  const change = { ...updateOf(bo, foreign, {}), action: "adopt" as const };
  expect(verdict(decide(change, [foreign], owner))).toBe("send");
  expect(verdict(decide(change, [liveOf(bo, { version: "v2" })], owner))).toBe("already-done");
});

test("a contact that is gone need not be deleted and cannot be updated", () => {
  expect(verdict(decide(deleteOf(live), [], owner))).toBe("already-done");
  expect(verdict(decide(updateOf(promoted, live, newTitle), [], owner))).toBe("contact-gone");
});
