import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf } from "../../../src/model/contact-fields.ts";
import { canonicalize } from "../../../src/targets/mailbox-contacts/fields/canonicalize.ts";
import {
  toLiveContact,
  toProperties,
  withoutEmpty,
} from "../../../src/targets/mailbox-contacts/fields/convert.ts";
import type { GraphContact } from "../../../src/targets/mailbox-contacts/graph-contact.ts";
import { writeMarker } from "../../../src/targets/mailbox-contacts/markers.ts";
import { selectOf } from "../../../src/targets/mailbox-contacts/fields/select.ts";
import { anyFields, owner } from "./world.ts";

/** As Graph gives a contact with this little in it: four ways to say "empty". */
const bare: GraphContact = {
  id: "AAMk-1",
  changeKey: "EQAAABYA",
  createdDateTime: "2026-01-02T03:04:05Z",
  categories: [],
  birthday: null,
  displayName: "Bo Li",
  middleName: null,
  title: null,
  assistantName: "",
  emailAddresses: [],
  businessAddress: {},
  homeAddress: {},
};

test("null, an empty text, an empty list and an empty object are all empty", () => {
  const { fields } = toLiveContact(bare, fieldsOf("mailbox-contacts"));
  expect(withoutEmpty(fields)).toEqual({ displayName: "Bo Li" });
  expect(Object.keys(fields)).toEqual(fieldsOf("mailbox-contacts"));
});

test("contacts that share their properties are read as if each had its own, for every choice of fields", () => {
  const { id, changeKey, createdDateTime, ...common } = bare;
  const shared = { id, changeKey, createdDateTime, common } as GraphContact; // as alike-items.ts makes it
  const other = { ...shared, id: "AAMk-2", changeKey: "EQAAABYB" };
  for (const fields of [["displayName"], ["displayName", "title"], ["displayName"]] as const) {
    expect(toLiveContact(shared, fields)).toEqual(toLiveContact(bare, fields));
    expect(toLiveContact(other, fields)).toEqual({
      ...toLiveContact(bare, fields),
      id: "AAMk-2",
      version: "EQAAABYB",
    });
  }
});

test("only what was asked for is read", () => {
  expect(toLiveContact(bare, ["displayName", "businessCity"])).toEqual({
    id: "AAMk-1",
    version: "EQAAABYA",
    createdAt: "2026-01-02T03:04:05Z",
    marker: null,
    fields: { displayName: "Bo Li", businessCity: "" },
    untouchable: null,
  });
});

test("what is canonical and written is read back the same", () => {
  fc.assert(
    fc.property(anyFields, (given) => {
      const { photo: _, ...fields } = canonicalize(given).fields;
      const names = fieldsOf("mailbox-contacts").filter((field) => Object.hasOwn(fields, field));
      const item: GraphContact = { id: "1", ...toProperties(fields, "Bo Li") };
      expect(toLiveContact(item, names).fields).toEqual(fields);
    }),
    { numRuns: 300 },
  );
});

test("emptied fields are cleared", () => {
  const fields = { jobTitle: "", businessPhones: [], emailAddresses: [], birthday: "", homeCity: "" };
  expect(toProperties(fields, "")).toEqual({
    jobTitle: null,
    businessPhones: [],
    emailAddresses: [],
    birthday: null,
    homeAddress: null,
  });
});

test("an address is an object with all its parts", () => {
  expect(toProperties({ businessCity: "Malmö", businessStreet: "" }, "")).toEqual({
    businessAddress: { street: null, city: "Malmö", state: null, postalCode: null, countryOrRegion: null },
  });
});

test("a mail address carries the name of its person", () => {
  const fields = { emailAddresses: ["bo@contoso.com"] };
  expect(toProperties(fields, "Bo Li")).toEqual({
    emailAddresses: [{ address: "bo@contoso.com", name: "Bo Li" }],
  });
  expect(toProperties(fields, "")).toEqual({
    emailAddresses: [{ address: "bo@contoso.com", name: "bo@contoso.com" }],
  });
});

test("a birthday is written just before noon and read as a day", () => {
  expect(toProperties({ birthday: "1974-07-22" }, "")).toEqual({ birthday: "1974-07-22T11:59:00Z" });
  const item = { id: "1", birthday: "1974-07-22T00:00:00Z" };
  expect(toLiveContact(item, ["birthday"]).fields).toEqual({ birthday: "1974-07-22" });
});

test("categories are read in one order, and lines end as ours do", () => {
  const item = { id: "1", categories: ["Red", "Blue"], personalNotes: "one\r\ntwo\r\n" };
  expect(toLiveContact(item, ["categories", "personalNotes"]).fields).toEqual({
    categories: ["Blue", "Red"],
    personalNotes: "one\ntwo",
  });
});

test("the photo is what the marker says, and is not a property", () => {
  const properties = writeMarker({ owner, key: "k", photo: "etag" });
  const item = { id: "1", singleValueExtendedProperties: properties };
  expect(toLiveContact(item, ["photo"]).fields).toEqual({ photo: "etag" });
  expect(toLiveContact(bare, ["photo"]).fields).toEqual({ photo: "" });
  expect(toProperties({ photo: "etag" }, "")).toEqual({});
});

test("each address is asked for once, the photo not at all", () => {
  expect(selectOf(["displayName", "businessCity", "businessStreet", "photo"])).toBe(
    "$select=id,changeKey,createdDateTime,displayName,businessAddress",
  );
});
