import { expect, test } from "vitest";
import type { Row } from "../../../src/http/exchange/exchange.ts";
import type { LiveContact } from "../../../src/model/contact.ts";
import { toLiveContact } from "../../../src/targets/mail-contacts/rows.ts";
import { owner } from "./world.ts";

const stamp = `galops:${owner}:k/ann;digest`;

const mail: Row = {
  Guid: "0A0A0A0A-0000-4000-8000-000000000001",
  Name: "galops-ann",
  DisplayName: "Ann Ek",
  Alias: "galops-ann",
  ExternalEmailAddress: "SMTP:Ann@Northwind.Example",
  MailTip: "<html><body>R&amp;D &lt;us&gt;</body></html>",
  HiddenFromAddressListsEnabled: true,
  CustomAttribute15: stamp,
  WhenCreatedUTC: "2026-08-01T10:00:00.0000000+00:00",
  IsDirSynced: false,
};

const contact: Row = {
  FirstName: "Ann",
  Title: null,
  Notes: "one\r\ntwo",
  CountryOrRegion: "Sweden",
  Phone: "1",
  OtherTelephone: ["3", "2"],
  Manager: "galops-boss",
};

function liveOf(more: { readonly mail?: Row; readonly contact?: Row } = {}): LiveContact {
  const rows = { mail: { ...mail, ...more.mail }, contact: { ...contact, ...more.contact } };
  const rules = { owner, stamp: "customAttribute15", ownedDomains: ["northwind.example"] } as const;
  return toLiveContact(rows, rules, (name) => (name === "galops-boss" ? "boss@northwind.example" : null));
}

test("both halves become one contact in galops' words, the stamp its marker", () => {
  expect(liveOf()).toMatchObject({
    id: "0a0a0a0a-0000-4000-8000-000000000001",
    createdAt: "2026-08-01T10:00:00.000Z",
    untouchable: null,
    marker: { owner, key: "k/ann", digest: "digest", hiddenSince: "" },
    fields: {
      displayName: "Ann Ek",
      givenName: "Ann",
      jobTitle: "",
      emailAddresses: ["ann@northwind.example"],
      businessPhones: ["1", "2", "3"],
      businessCountry: "Sweden",
      notes: "one\ntwo",
      mailTip: "R&D <us>",
      hidden: true,
      manager: "boss@northwind.example",
    },
  });
  expect(liveOf().fields.customAttribute15).toBeUndefined();
});

test("what stands where the stamp belongs and is none is a value that people gave", () => {
  const found = liveOf({ mail: { CustomAttribute15: "vip" } });
  expect(found).toMatchObject({ marker: null, fields: { customAttribute15: "vip" } });
  // Of a damaged stamp it is not known whose it was, but it is no value.
  const damaged = liveOf({ mail: { CustomAttribute15: "galops:gone" } });
  expect([damaged.marker, damaged.fields.customAttribute15]).toEqual([null, undefined]);
});

test("a manager who is no mail contact is told by his name", () => {
  expect(liveOf({ contact: { Manager: "Anna Bergman" } }).fields.manager).toBe("Anna Bergman");
  expect(liveOf({ contact: { Manager: null } }).fields.manager).toBe("");
});

test.each([
  [{ mail: { IsDirSynced: true } }, /synchronized from an on-premises directory/],
  [{ mail: { ExternalEmailAddress: "SMTP:ann@sub.northwind.example" } }, /outside the owned domains/],
])("a contact that is not ours to change says why (%o)", (more, reason) => {
  expect(liveOf(more).untouchable).toMatch(reason);
});

test("the version changes with all that people can change, and not with a manager who was deleted", () => {
  const { version } = liveOf();
  const changed = [
    { mail: { DisplayName: "Ann Oh" } },
    { mail: { CustomAttribute3: "vip" } },
    { mail: { ExternalEmailAddress: "SMTP:ann.ek@northwind.example" } },
    { contact: { Notes: "" } },
    { contact: { OtherTelephone: ["2"] } },
  ];
  for (const more of changed) expect([more, liveOf(more).version]).not.toEqual([more, version]);
  const same = [
    { contact: { Manager: null } },
    { contact: { Title: "" } },
    { contact: { OtherTelephone: ["2", "3"] } },
  ];
  // An empty text comes as null or as "", and Exchange keeps no order among the other numbers.
  for (const more of same) expect([more, liveOf(more).version]).toEqual([more, version]);
});
