import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mergePeople } from "../../src/desired/merge-people.ts";
import type { Person } from "../../src/model/person.ts";
import { expression, person } from "../fakes/people.ts";
import { ann, bo, chandra, compiled, csvSource } from "./world.ts";

const everybody = await compiled({});

function merged(
  staff: readonly Person[],
  suppliers: readonly Person[] = [],
  sync = everybody,
): readonly Person[] {
  return mergePeople(
    sync,
    new Map([
      ["staff", staff],
      ["suppliers", suppliers],
    ]),
  );
}

function supplier(given: Partial<Person>): Person {
  return person({ key: "suppliers/1", displayName: "Ann of the supplier", ...given });
}

test("people come in the order of their keys, by code unit", () => {
  const keys = ["t/b", "t/B", "t/ä", "s/z"].map((key) => person({ key }));
  expect(merged(keys).map(({ key }) => key)).toEqual(["s/z", "t/B", "t/b", "t/ä"]);
});

test("the first source that has a person wins, recognized by key", async () => {
  expect(merged([bo, ann], [{ ...bo, displayName: "Other" }])).toEqual([ann, bo]);
  const other = await compiled({ from: ["suppliers", "staff"] });
  expect(merged([bo], [{ ...bo, displayName: "Other" }], other)).toMatchObject([{ displayName: "Other" }]);
});

test.for([
  ["mail", { mail: "ANN@contoso.com" }],
  ["an alias", { mail: "Ann.Ek@contoso.com" }],
  ["the user principal name", { mail: "ann.e@contoso.com" }],
  ["an alias of the later one", { mail: "new@contoso.com", proxyAddresses: ["ann@contoso.com"] }],
] as const)("the first source that has a person wins, recognized by %s", ([, given]) => {
  expect(merged([ann], [supplier(given)])).toEqual([ann]);
});

test.for([
  ["the same name", { displayName: "Ann Ek" }],
  ["a private address that a family shares", { mail: "family@home.example" }],
  ["a shared private address on both sides", { mail: "a@x.example", otherMails: ["ann@contoso.com"] }],
  ["no address", { mail: "" }],
] as const)("somebody else with %s stays", ([, given]) => {
  expect(merged([ann], [supplier(given)])).toHaveLength(2);
});

test("two people without any address are two", () => {
  expect(merged([chandra], [person({ key: "suppliers/2" }), person({ key: "suppliers/3" })])).toHaveLength(3);
});

test("two people of one source may share an address", () => {
  const desk = ["suppliers/1", "suppliers/2"].map((key) => supplier({ key, mail: "desk@x.example" }));
  expect(merged([], desk)).toEqual(desk);
});

test("the order in which sources give people does not matter", () => {
  const some = Array.from({ length: 8 }, (_, index) =>
    person({ key: `t/${index % 7}`, mail: index % 3 === 0 ? "" : `p${index % 5}@x.example` }),
  ).slice(0, 7);
  const others = Array.from({ length: 6 }, (_, index) =>
    person({ key: `s/${index}`, mail: `p${index}@x.example`, proxyAddresses: [`p${index - 1}@x.example`] }),
  );
  const expected = merged(some, others);
  expect(expected.length).toBeLessThan(some.length + others.length);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(some, { minLength: some.length }),
      fc.shuffledSubarray(others, { minLength: others.length }),
      (one, other) => {
        expect(merged(one, other)).toEqual(expected);
      },
    ),
  );
});

test("a source's where drops its own people, who may still come from another source", async () => {
  const sync = await compiled({}, [
    csvSource("staff", 'person.city == "Bergen"'),
    csvSource("suppliers", null),
  ]);
  expect(merged([ann, bo], [supplier({ mail: ann.mail })], sync).map(({ key }) => key)).toEqual([
    "suppliers/1",
    "t/bo",
  ]);
});

test("a sync's where drops people wherever else they may be", async () => {
  const sync = await compiled({ where: expression('person.displayName != "Ann Ek"') });
  expect(merged([ann, bo], [supplier({ mail: ann.mail })], sync)).toEqual([bo]);
});

test("a where that asks for the mailbox drops nobody yet", async () => {
  expect(
    merged([ann, bo], [], await compiled({ where: expression("person.city == mailbox.city") })),
  ).toHaveLength(2);
});

test("a where without a value for somebody makes the sync incomplete, and says for whom and where", async () => {
  const sync = await compiled({ where: expression('person.proxyAddresses[0] != ""') });
  expect(() => merged([ann, bo], [], sync)).toThrow(
    expect.objectContaining({
      name: "IncompleteError",
      diagnostic: expect.objectContaining({
        severity: "error",
        code: "expression-failed",
        detail: expect.stringMatching(/^The expression has no value for Bo Li: .* none at index 0/) as string,
        place: { file: "galops.yaml", line: 1, column: 23 },
      }) as object,
    }),
  );
});

test("whose expression has no value is told of the same person, in whatever order they come", async () => {
  const sync = await compiled({}, [
    csvSource("staff", 'person.proxyAddresses[0] != ""'),
    csvSource("suppliers", null),
  ]);
  for (const staff of [
    [chandra, bo],
    [bo, chandra],
  ]) {
    expect(() => merged(staff, [], sync)).toThrow(/^The expression has no value for Bo Li: /);
  }
});
