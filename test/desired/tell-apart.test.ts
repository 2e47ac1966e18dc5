import { expect, test } from "vitest";
import { displayNames } from "../../src/desired/tell-apart.ts";
import type { DesiredContact } from "../../src/model/contact.ts";
import { mailSync } from "../targets/mail-contacts/world.ts";

const named = (address: string, displayName: string): DesiredContact => ({
  key: address,
  displayName,
  addresses: [],
  fields: { displayName, emailAddresses: [address] },
  digest: "",
});

function names(contacts: readonly DesiredContact[], unique = true): readonly (string | undefined)[] {
  const sync = mailSync({ displayName: { prefix: "", suffix: " (NW)", unique } });
  const found = displayNames(contacts, sync);
  return contacts.map(({ key }) => found.get(key));
}

test("people of one name get their mail names, all of them, and nobody else does", () => {
  const contacts = [
    named("ann@nw.example", "Ann Ek"),
    named("ann.ek@nw.example", "ann ek"),
    named("bo@nw.example", "Bo"),
  ];
  expect(names(contacts)).toEqual(["Ann Ek (ann) (NW)", "ann ek (ann.ek) (NW)", "Bo (NW)"]);
  expect(names(contacts, false)).toEqual(["Ann Ek (NW)", "ann ek (NW)", "Bo (NW)"]);
});

test("where mail names are the same, too, whole addresses tell people apart", () => {
  expect(names([named("ann@nw.example", "Ann Ek"), named("ann@nw.test", "Ann Ek")])).toEqual([
    "Ann Ek (ann@nw.example) (NW)",
    "Ann Ek (ann@nw.test) (NW)",
  ]);
});

test("names do not depend on who comes first", () => {
  const contacts = ["b", "a", "c"].map((local) => named(`${local}@nw.example`, "Ann"));
  expect(names(contacts.toReversed()).toReversed()).toEqual(names(contacts));
});
