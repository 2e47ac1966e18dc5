import * as fc from "fast-check";
import { expect, test } from "vitest";
import { desiredContacts } from "../../src/desired/desired-contacts.ts";
import type { CompiledSync } from "../../src/desired/compile-sync.ts";
import { fingerprint } from "../../src/desired/fingerprint.ts";
import { contactFieldNames } from "../../src/model/contact-fields.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import { decodeDigest } from "../../src/model/digest.ts";
import type { Person } from "../../src/model/person.ts";
import type { Canonical } from "../../src/model/target.ts";
import { expression, person } from "../fakes/people.ts";
import { ann, asIs, bo, chandra, compiled, fields } from "./world.ts";

function fieldsOf(sync: CompiledSync, of: Person): ContactFields {
  const [contact] = desiredContacts(sync, [of], asIs, null).contacts;
  if (contact === undefined) throw new Error("there is one");
  return contact.fields;
}

test("without a mapping a contact says what the directory knows", async () => {
  const full = person({
    displayName: "Ann Ek",
    givenName: "Ann",
    surname: "Ek",
    mail: "ann@contoso.com",
    mailNickname: "anne",
    businessPhones: ["1", "2"],
    homePhones: ["3"],
    imAddresses: ["sip:ann"],
    mobilePhone: "4",
    jobTitle: "Lead",
    department: "Sales",
    companyName: "Contoso",
    officeLocation: "B2",
    managerName: "Bo Li",
    street: "Main 1",
    city: "Oslo",
    state: "Viken",
    postalCode: "0150",
    country: "Norway",
    photo: "etag-1",
  });
  expect(fieldsOf(await compiled({ photos: true, categories: ["Contoso"] }), full)).toEqual({
    displayName: "Ann Ek",
    givenName: "Ann",
    surname: "Ek",
    fileAs: "Ek, Ann",
    emailAddresses: ["ann@contoso.com"],
    imAddresses: ["sip:ann"],
    businessPhones: ["1", "2"],
    mobilePhone: "4",
    homePhones: ["3"],
    jobTitle: "Lead",
    department: "Sales",
    companyName: "Contoso",
    officeLocation: "B2",
    manager: "Bo Li",
    businessStreet: "Main 1",
    businessCity: "Oslo",
    businessState: "Viken",
    businessPostalCode: "0150",
    businessCountry: "Norway",
    categories: ["Contoso"],
    photo: "etag-1",
  });
});

test("what the directory does not know is emptied, and a contact without both names is filed by its own", async () => {
  expect(fieldsOf(await compiled({}), chandra)).toMatchObject({
    fileAs: "Chandra",
    surname: "",
    mobilePhone: "",
    emailAddresses: [],
    businessPhones: [],
    businessCity: "",
  });
});

test("private addresses of people are not handed out", async () => {
  expect(JSON.stringify(fieldsOf(await compiled({}), ann))).not.toContain("family@home.example");
});

test("a mapping says what a field holds; null leaves it alone, empty text empties it", async () => {
  const sync = await compiled({
    fields: fields({
      fileAs: "person.mail",
      manager: null,
      mobilePhone: '""',
      personalNotes: '"Floor " + person.officeLocation',
      emailAddresses: "[person.mail] + person.otherMails",
      homePhones: "person.surname",
    }),
  });
  expect(fieldsOf(sync, ann)).toMatchObject({
    fileAs: "ann@contoso.com",
    mobilePhone: "",
    personalNotes: "Floor ",
    emailAddresses: ["ann@contoso.com", "family@home.example"],
    homePhones: ["Ek"],
  });
  expect(fieldsOf(sync, ann)).not.toHaveProperty("manager");
});

test("a policy alone keeps the default; clear alone empties the field", async () => {
  const sync = await compiled({
    fields: fields({
      jobTitle: { policy: "keep-edits" },
      mobilePhone: { policy: "clear" },
      children: { policy: "clear" },
      birthday: { policy: "fill" },
    }),
  });
  const given = fieldsOf(sync, person({ jobTitle: "Lead", mobilePhone: "4" }));
  expect(given).toMatchObject({ jobTitle: "Lead", mobilePhone: "", children: [] });
  expect(given).not.toHaveProperty("birthday");
});

test("a contact carries all by which it is found again, and what was written to it", async () => {
  const [contact] = desiredContacts(await compiled({}), [ann], asIs, null).contacts;
  expect(contact).toMatchObject({
    key: "t/ann",
    displayName: "Ann Ek",
    // Not the private address: a family may share one.
    addresses: ["ann@contoso.com", "ann.ek@contoso.com", "ann.e@contoso.com"],
  });
  const hashes = decodeDigest(contact?.digest ?? "");
  expect([...hashes.keys()]).toEqual(
    contactFieldNames.filter((field) => contact?.fields[field] !== undefined),
  );
  expect(hashes.get("surname")).toBe(fingerprint("Ek"));
});

test("the digest is of what the target will give back", async () => {
  const shouting = (given: ContactFields): Canonical => ({
    fields: { ...given, displayName: (given.displayName ?? "").toUpperCase() },
    warnings: [],
  });
  const [contact] = desiredContacts(await compiled({}), [ann], shouting, null).contacts;
  expect(contact?.fields.displayName).toBe("ANN EK");
  expect(decodeDigest(contact?.digest ?? "").get("displayName")).toBe(fingerprint("ANN EK"));
});

test("what contacts cannot hold is told once for each kind and field, with a few names", async () => {
  const grumbling = (given: ContactFields): Canonical => ({
    fields: given,
    warnings: [
      { field: "businessPhones", code: "too-many-values", message: "Two at most." },
      ...(given.surname === "" ? [{ field: "surname", code: "too-short", message: "None." } as const] : []),
    ],
  });
  const people = ["Ann", "Bo", "Chandra", "Dora", "Eli"].map((displayName) =>
    person({ key: displayName, displayName, surname: displayName === "Bo" ? "" : "Ek" }),
  );
  const { diagnostics } = desiredContacts(await compiled({}), people, grumbling, null);
  expect(diagnostics.map(({ severity, code }) => [severity, code])).toEqual([
    ["warning", "too-many-values"],
    ["warning", "too-short"],
  ]);
  expect(diagnostics[0]?.detail).toContain("of Ann, Bo, Chandra and 2 more.");
  expect(diagnostics[1]?.detail).toContain("field surname of Bo.");
});

test("a day that is none leaves the field empty and is told once, with names", async () => {
  const sync = await compiled({ fields: fields({ birthday: "person.employeeId" }) });
  const days = ["1980-02-30", "1980-02-29T10:00:00Z", "soon", " 1980-02-29 ", ""];
  const people = days.map((employeeId, index) =>
    person({ key: `t/${index}`, displayName: `P${index}`, employeeId }),
  );
  const { contacts, diagnostics } = desiredContacts(sync, people, asIs, null);
  expect(contacts.map((contact) => contact.fields.birthday)).toEqual([
    "",
    "1980-02-29",
    "",
    "1980-02-29",
    "",
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["invalid-date"]);
  expect(diagnostics[0]?.detail).toContain("of P0, P2.");
});

test("a field without a value for somebody makes the sync incomplete", async () => {
  const sync = await compiled({ fields: fields({ personalNotes: "person.proxyAddresses[0]" }) });
  expect(() => desiredContacts(sync, [ann, bo], asIs, null)).toThrow(
    expect.objectContaining({ name: "IncompleteError" }),
  );
});

test("who is wanted may depend on the mailbox; the contacts themselves are made once then", async () => {
  const sync = await compiled({ where: expression("person.city == mailbox.city") });
  const inCity = (city: string): ReturnType<typeof desiredContacts> =>
    desiredContacts(sync, [ann, bo], asIs, { person: person({ city }), folder: "" });
  expect(inCity("Oslo").contacts.map(({ key }) => key)).toEqual(["t/ann"]);
  expect(inCity("Bergen").contacts.map(({ key }) => key)).toEqual(["t/bo"]);
  expect(inCity("Lund").contacts).toEqual([]);
  expect(inCity("Oslo").contacts[0]).toBe(inCity("Oslo").contacts[0]);
});

test("what a contact says may depend on the mailbox", async () => {
  const sync = await compiled({
    fields: fields({ personalNotes: '"For " + mailbox.displayName + mailbox.folder' }),
  });
  const noteFor = (of: Person, folder: string): string | undefined =>
    desiredContacts(sync, [chandra], asIs, { person: of, folder }).contacts[0]?.fields.personalNotes;
  expect([noteFor(ann, ""), noteFor(bo, " (work)")]).toEqual(["For Ann Ek", "For Bo Li (work)"]);
});

test("equal people give equal contacts, whoever else is there and in whatever order", async () => {
  const sync = await compiled({
    categories: ["Contoso"],
    fields: fields({ personalNotes: "ascii(person.surname)" }),
  });
  const someone = fc.record({
    key: fc.uuid(),
    displayName: fc.string({ unit: "grapheme" }),
    surname: fc.string(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(someone, { selector: ({ key }) => key }), fc.integer(), (given, seed) => {
      const people = given.map((one) => person(one));
      const { contacts } = desiredContacts(sync, people, asIs, null);
      const turn = people.length === 0 ? 0 : Math.abs(seed) % people.length;
      const turned = [...people.slice(turn), ...people.slice(0, turn)].map((one) => structuredClone(one));
      const again = desiredContacts(sync, turned, asIs, null).contacts;
      expect(again).toEqual([...contacts.slice(turn), ...contacts.slice(0, turn)]);
    }),
  );
});

test("a fingerprint is 36 bits of SHA-256 over JSON, and tells text from a list of it", () => {
  // printf '"Ek"' | openssl sha256 -binary | basenc --base64url | head -c 6
  expect(fingerprint("Ek")).toBe("9Tsn28");
  expect(fingerprint(["Ek"])).not.toBe(fingerprint("Ek"));
  expect(fingerprint("")).not.toBe(fingerprint([]));
});
