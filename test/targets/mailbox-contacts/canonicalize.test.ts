import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalize } from "../../../src/targets/mailbox-contacts/fields/canonicalize.ts";
import { anyFields } from "./world.ts";

function codes(fields: Parameters<typeof canonicalize>[0]): readonly string[] {
  return canonicalize(fields).warnings.map(({ field, code }) => `${field}: ${code}`);
}

test("what is canonical stays as it is, without warnings", () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      const once = canonicalize(fields).fields;
      expect(canonicalize(once)).toEqual({ fields: once, warnings: [] });
    }),
    { numRuns: 500 },
  );
});

test("exactly the fields that were given come back", () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      expect(Object.keys(canonicalize(fields).fields).toSorted()).toEqual(Object.keys(fields).toSorted());
    }),
  );
});

test("texts are trimmed, and control characters become a space", () => {
  expect(canonicalize({ jobTitle: " Lead\u0000\u001b\tengineer\r\n " }).fields).toEqual({
    jobTitle: "Lead engineer",
  });
});

test("notes and streets keep their lines", () => {
  const { fields } = canonicalize({ personalNotes: "one\r\ntwo\u0007\rthree\n", businessStreet: "A 1\nB" });
  expect(fields).toEqual({ personalNotes: "one\ntwo \nthree", businessStreet: "A 1\nB" });
});

test("half a surrogate pair becomes a replacement character", () => {
  expect(canonicalize({ jobTitle: "a\ud83d" }).fields).toEqual({ jobTitle: "a\ufffd" });
});

test("compatibility ideographs in Japanese names are not replaced", () => {
  expect(canonicalize({ surname: "\ufa19" }).fields).toEqual({ surname: "\ufa19" });
});

test("a text is cut after 255 characters, never inside one, with a warning", () => {
  const { fields, warnings } = canonicalize({ jobTitle: `${"x".repeat(254)}😀` });
  expect(fields).toEqual({ jobTitle: "x".repeat(254) });
  expect(warnings).toEqual([
    {
      field: "jobTitle",
      code: "text-too-long",
      message: "Exchange stores at most 255 characters of jobTitle; the rest is cut off.",
    },
  ]);
});

test("notes are not cut", () => {
  const notes = "n".repeat(5000);
  expect(canonicalize({ personalNotes: notes })).toEqual({ fields: { personalNotes: notes }, warnings: [] });
});

test("two phones and three mails are kept, with a warning for the rest", () => {
  const mails = ["a@x.example", "b@x.example", "c@x.example", "d@x.example"];
  const fields = { businessPhones: ["1", "2", "3"], homePhones: ["4", "5", "6"], emailAddresses: mails };
  expect(canonicalize(fields).fields).toEqual({
    businessPhones: ["1", "2"],
    homePhones: ["4", "5"],
    emailAddresses: mails.slice(0, 3),
  });
  expect(codes(fields)).toEqual([
    "emailAddresses: too-many-values",
    "businessPhones: too-many-values",
    "homePhones: too-many-values",
  ]);
});

test("empty and repeated values of a list are left out, and do not count", () => {
  const fields = {
    emailAddresses: ["", "Bo@contoso.com", "bo@CONTOSO.com", " c@x.example"],
    businessPhones: ["1", "1", "2"],
  };
  expect(canonicalize(fields)).toEqual({
    fields: { emailAddresses: ["Bo@contoso.com", "c@x.example"], businessPhones: ["1", "2"] },
    warnings: [],
  });
});

test.each([
  ["bo@contoso.com,", false],
  ["bo@@contoso.com", false],
  ["bo", false],
  ["Bo <bo@contoso.com>", false],
  ["bo@contoso..com", false],
  ["bo@contoso.com.", false],
  ["bo@.contoso.com", false],
  ["bo li@contoso.com", false],
  ["bo.o'neil+x@contoso.com", true],
  ["bo@localhost", true],
  ["jörg@münchen.example", true],
])("of mail addresses, Exchange keeps %j: %j", (address, kept) => {
  const { fields, warnings } = canonicalize({ emailAddresses: [address] });
  expect(fields.emailAddresses).toEqual(kept ? [address] : []);
  expect(warnings.map(({ code }) => code)).toEqual(kept ? [] : ["invalid-address"]);
});

test("a birthday is a day of the calendar", () => {
  expect(canonicalize({ birthday: "2000-02-29" })).toEqual({
    fields: { birthday: "2000-02-29" },
    warnings: [],
  });
  for (const day of ["1900-02-29", "2001-02-29", "1600-12-31", "0000-01-01", "29.2.2000", "2000-13-01"]) {
    expect(canonicalize({ birthday: day }).fields).toEqual({ birthday: "" });
    expect(codes({ birthday: day })).toEqual(["birthday: invalid-date"]);
  }
});

test("categories are a set", () => {
  const { fields } = canonicalize({ categories: ["Red", "contoso", "Blue", "red"] });
  expect(fields).toEqual({ categories: ["Blue", "Red", "contoso"] });
});

test.each([
  ["Bo Li", "Li", "Bo"],
  ["Li Bo", "Li", "Bo"],
  ["Li, Bo", "Li", "Bo"],
  ["Reception", "", "Reception"],
  ["Contoso Ltd", "Bo", "Contoso Ltd"],
])("the given name of %j with surname %j is %j", (displayName, surname, givenName) => {
  expect(canonicalize({ displayName, givenName: "", surname }).fields).toEqual({
    displayName,
    surname,
    givenName,
  });
  expect(codes({ displayName, givenName: " ", surname })).toEqual(["givenName: given-name-derived"]);
});

test("who has a surname only does not get it twice", () => {
  expect(canonicalize({ displayName: "Li", givenName: "", surname: "Li" }).fields).toEqual({
    displayName: "Li",
    givenName: "Li",
    surname: "",
  });
});

test("names that would be empty are made of what there is", () => {
  const { fields } = canonicalize({ displayName: "", givenName: "Bo", surname: "Li", fileAs: "" });
  expect(fields).toEqual({ displayName: "Bo Li", givenName: "Bo", surname: "Li", fileAs: "Li, Bo" });
  expect(canonicalize({ displayName: "", emailAddresses: ["x@x.example"] }).fields.displayName).toBe(
    "x@x.example",
  );
});

test("who has nothing to be called by gets no contact, unless the config leaves the name alone", () => {
  expect(canonicalize({ displayName: "", givenName: " ", jobTitle: "Engineer" })).toMatchObject({
    warnings: [],
    unfit: { field: "displayName", code: "no-name" },
  });
  expect(canonicalize({ displayName: "", businessPhones: ["+1 2"] })).not.toHaveProperty("unfit");
  expect(canonicalize({ jobTitle: "Engineer" })).not.toHaveProperty("unfit");
});

test("a fingerprint of a photo stays as the source wrote it", () => {
  expect(canonicalize({ photo: ' "BA09D118" ' }).fields).toEqual({ photo: ' "BA09D118" ' });
});
