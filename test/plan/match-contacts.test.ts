import { expect, test } from "vitest";
import type { ContactFields } from "../../src/model/contact.ts";
import { ann, bo, briefly, desired, diff, live } from "./world.ts";

function info(displayName: string): ContactFields {
  return { displayName, emailAddresses: ["info@contoso.com"] };
}

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
