import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compileSync } from "../../src/desired/compile-sync.ts";
import type { CompiledSync } from "../../src/desired/compile-sync.ts";
import { desiredContacts } from "../../src/desired/desired-contacts.ts";
import { mergePeople } from "../../src/desired/merge-people.ts";
import type { FieldMapping, SyncConfig } from "../../src/model/config.ts";
import type { ContactField } from "../../src/model/contact-fields.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import { expression, person, syncConfig } from "../fakes/people.ts";

function compiled(changes: Partial<SyncConfig>): CompiledSync {
  const result = compileSync(syncConfig({ from: ["staff", "suppliers"], ...changes }), new Map());
  if (result.compiled === null) throw new Error(JSON.stringify(result.diagnostics));
  return result.compiled;
}

function fields(
  mapping: Readonly<Partial<Record<ContactField, string | null>>>,
): ReadonlyMap<ContactField, FieldMapping> {
  const entries = Object.entries(mapping) as [ContactField, string | null][];
  return new Map(
    entries.map(([field, text]) => [
      field,
      { value: text === null ? null : expression(text), policy: null, defaultValue: false },
    ]),
  );
}

const asIs = (given: ContactFields): { fields: ContactFields; warnings: [] } => ({
  fields: given,
  warnings: [],
});

const ann = person({
  key: "t/ann",
  displayName: "Ann Ek",
  givenName: "Ann",
  surname: "Ek",
  mail: "ann@contoso.com",
  proxyAddresses: ["ann.ek@contoso.com"],
});
const bo = person({ key: "t/bo", displayName: "Bo Li", mail: "bo@contoso.com" });

test("the first source that has a person wins, by key and by any of its addresses", () => {
  const again = person({ key: "suppliers/1", displayName: "Ann (supplier)", mail: "ANN.EK@contoso.com" });
  const people = new Map([
    ["staff", [bo, ann]],
    ["suppliers", [again, { ...bo, displayName: "Other" }]],
  ]);
  expect(mergePeople(compiled({}), people).people).toEqual([ann, bo]);
});

test("two people of one source may share an address", () => {
  const desk = [
    person({ key: "s/1", mail: "desk@x.example" }),
    person({ key: "s/2", mail: "desk@x.example" }),
  ];
  expect(mergePeople(compiled({}), new Map([["suppliers", desk]])).people).toHaveLength(2);
});

test("the order in which sources give people does not matter", () => {
  const some = Array.from({ length: 8 }, (_, index) =>
    person({ key: `t/${index}`, mail: `p${index % 5}@x.example` }),
  );
  const sync = compiled({});
  const expected = mergePeople(sync, new Map([["staff", some]])).people;
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
      expect(mergePeople(sync, new Map([["staff", shuffled]])).people).toEqual(expected);
    }),
  );
});

test("where drops people, and one that fails for somebody stops the sync", () => {
  const keep = compiled({ where: expression('person.displayName != "Bo Li"') });
  expect(mergePeople(keep, new Map([["staff", [ann, bo]]])).people).toEqual([ann]);
  const fails = compiled({ where: expression('person.proxyAddresses[0] != ""') });
  expect(() => mergePeople(fails, new Map([["staff", [ann, bo]]]))).toThrow(
    expect.objectContaining({ name: "IncompleteError" }),
  );
});

test("fields have their default mapping unless the config says otherwise; null leaves a field alone", () => {
  const sync = compiled({
    fields: fields({
      fileAs: "person.mail",
      manager: null,
      personalNotes: '"Floor " + person.officeLocation',
    }),
    categories: ["Contoso"],
  });
  const [contact] = desiredContacts(sync, [ann], asIs, null).contacts;
  expect(contact?.fields).toMatchObject({
    displayName: "Ann Ek",
    fileAs: "ann@contoso.com",
    personalNotes: "Floor ",
    categories: ["Contoso"],
    emailAddresses: ["ann@contoso.com"],
  });
  expect(contact?.fields).not.toHaveProperty("manager");
  expect(contact?.fields).not.toHaveProperty("birthday");
  expect(contact?.addresses).toEqual(["ann@contoso.com", "ann.ek@contoso.com"]);
  expect(contact?.digest.length).toBe(8 * Object.keys(contact?.fields ?? {}).length);
});

test("a day that is none leaves the field empty and is told once, with names", () => {
  const sync = compiled({ fields: fields({ birthday: "person.employeeId" }) });
  const people = ["1980-02-30", "1980-02-29T10:00:00Z", "soon"].map((employeeId, index) =>
    person({ key: `t/${index}`, displayName: `P${index}`, employeeId }),
  );
  const { contacts, diagnostics } = desiredContacts(sync, people, asIs, null);
  expect(contacts.map((contact) => contact.fields.birthday)).toEqual(["", "1980-02-29", ""]);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.detail).toContain("P0, P2");
});

test("expressions that ask for the mailbox are answered for each mailbox", () => {
  const sync = compiled({ where: expression("person.city == mailbox.city") });
  expect(sync.usesMailbox).toBe(true);
  const here = { person: person({ city: "Oslo" }), folder: "" };
  const people = [person({ key: "t/1", city: "Oslo" }), person({ key: "t/2", city: "Bergen" })];
  expect(desiredContacts(sync, people, asIs, here).contacts.map(({ key }) => key)).toEqual(["t/1"]);
});

test("everything wrong with a sync's expressions is told at once, at its place", () => {
  const { compiled: none, diagnostics } = compileSync(
    syncConfig({ where: expression("person.x"), fields: fields({ jobTitle: "1 +" }) }),
    new Map(),
  );
  expect(none).toBeNull();
  expect(diagnostics.map(({ code, place }) => [code, place?.column])).toEqual([
    ["invalid-expression", 8],
    ["invalid-expression", 4],
  ]);
});
