import { expect, test } from "vitest";
import type { Change } from "../../../src/model/plan.ts";
import { orderedByAddress, ringsIn } from "../../../src/targets/mail-contacts/address-order.ts";
import { createAt, deleteAt, moveOf, updateAt } from "./changes.ts";
import { at } from "./writing.ts";

function names(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, displayName }) => `${action} ${displayName}`);
}

test("an address is free when it is needed, and whoever frees none is deleted last", () => {
  const changes = [
    deleteAt("idle"),
    createAt("taken"),
    moveOf("third", "c", "d"),
    moveOf("first", "a", "b"),
    moveOf("second", "b", "c"),
    deleteAt("taken"),
  ];
  const { ordered, stuck } = orderedByAddress(changes);
  expect(names(ordered)).toEqual([
    "delete taken",
    "update third",
    "update second",
    "update first",
    "create taken",
    "delete idle",
  ]);
  expect(stuck).toEqual([]);
});

test("a change waits for the one that frees its address, and for no other", () => {
  const [leaver, joiner, mover] = [deleteAt("x"), createAt("x"), moveOf("m", "m", "n")];
  const { before } = orderedByAddress([joiner, mover, leaver]);
  expect([joiner, mover, leaver].map(before)).toEqual([leaver, null, null]);
});

test("those who would exchange their addresses are stuck and wait for nobody; who needs none of theirs is not", () => {
  const [one, other] = [moveOf("one", "a", "b"), moveOf("other", "b", "a")];
  const plain = updateAt("plain", [{ field: "jobTitle", before: "", after: "Lead" }]);
  const { stuck, before } = orderedByAddress([one, other, plain]);
  expect(names(stuck)).toEqual(["update one", "update other"]);
  expect(before(one)).toBeNull();
});

test("managers are made before their people, also where people manage each other", () => {
  const managedBy = (local: string, manager: string): Change => createAt(local, { manager: at(manager) });
  const changes = [managedBy("ann", "bo"), managedBy("bo", "cai"), createAt("cai"), managedBy("dee", "dee")];
  expect(names(orderedByAddress(changes).ordered)).toEqual([
    "create cai",
    "create bo",
    "create ann",
    "create dee",
  ]);
  const circle = [managedBy("ann", "bo"), managedBy("bo", "ann")];
  expect(names(orderedByAddress(circle).ordered).toSorted()).toEqual(["create ann", "create bo"]);
});

test("any number of contacts is updated that keep their addresses", () => {
  const change = updateAt("ann", [{ field: "jobTitle", before: "", after: "Lead" }]);
  expect(orderedByAddress(Array.from({ length: 150_000 }, () => change)).ordered).toHaveLength(150_000);
});

test("a ring has those who would pass their addresses on to each other, and nobody who only waits for one of them", () => {
  const two = [moveOf("one", "a", "b"), moveOf("other", "b", "a")];
  const three = [moveOf("x", "c", "d"), moveOf("y", "d", "e"), moveOf("z", "e", "c")];
  const rings = ringsIn([moveOf("waits", "f", "c"), ...three, ...two, moveOf("free", "g", "h")]);
  expect(rings.map((ring) => names(ring).toSorted())).toEqual([
    ["update x", "update y", "update z"],
    ["update one", "update other"],
  ]);
});
