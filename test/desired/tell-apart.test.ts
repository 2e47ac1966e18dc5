import * as fc from "fast-check";
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

test("a name that somebody has anyway is not given to another one", () => {
  const contacts = [
    named("jan@nw.example", "Jan K"),
    named("jan.k@nw.example", "Jan K"),
    named("jak@nw.example", "Jan K (jan)"),
  ];
  expect(names(contacts)).toEqual([
    "Jan K (jan@nw.example) (NW)",
    "Jan K (jan.k) (NW)",
    "Jan K (jan) (jak) (NW)",
  ]);
});

test("no two names are alike, whatever people are called", () => {
  const locals = ["a", "b", "a.b"];
  const called = fc.constantFrom("N", "n", "N (a)", "N (b)", "N (a@x.example)", "N (a) (b)");
  const somebody = fc.record({
    local: fc.constantFrom(...locals),
    domain: fc.constantFrom("x.example", "y.example"),
    name: called,
  });
  const everybody = fc.uniqueArray(somebody, { selector: ({ local, domain }) => `${local}@${domain}` });
  expect.hasAssertions();
  fc.assert(
    fc.property(everybody, (people) => {
      const found = names(people.map(({ local, domain, name }) => named(`${local}@${domain}`, name)));
      expect(new Set(found.map((name) => name?.toLowerCase())).size).toBe(people.length);
    }),
  );
});
