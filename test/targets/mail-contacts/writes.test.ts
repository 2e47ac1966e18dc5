import { expect, test } from "vitest";
import type { ContactField } from "../../../src/model/contact-fields.ts";
import type { FieldValue } from "../../../src/model/contact.ts";
import { completingWrites, stampFor, writesOf } from "../../../src/targets/mail-contacts/writes.ts";
import { createAt, deleteAt, updateAt } from "./changes.ts";
import { mailSync } from "./world.ts";
import { at } from "./writing.ts";

const sync = mailSync();

/** The cmdlets that set one field. */
function settingOf(field: ContactField, after: FieldValue): readonly unknown[] {
  const change = updateAt("ann", [{ field, before: null, after }]);
  return writesOf(change, sync).map(({ cmdlet, parameters }) => {
    const named = Object.entries(parameters).map(([name, value]) => [
      name,
      value === stampFor(change, sync) ? "its stamp" : value,
    ]);
    return [cmdlet, Object.fromEntries(named)];
  });
}

test("a create names what is new, gives it the rest, and stamps last; what is empty is not sent", () => {
  const change = createAt("ann", { givenName: "Ann", jobTitle: "Lead", customAttribute1: "vip", fax: "" });
  expect(writesOf(change, sync)).toEqual([
    {
      cmdlet: "New-MailContact",
      parameters: {
        Name: "galops-ann",
        Alias: "galops-ann",
        DisplayName: "ann",
        FirstName: "Ann",
        ExternalEmailAddress: at("ann"),
      },
    },
    { cmdlet: "Set-Contact", parameters: { Title: "Lead" } },
    {
      cmdlet: "Set-MailContact",
      parameters: { CustomAttribute1: "vip", CustomAttribute15: stampFor(change, sync) },
    },
  ]);
});

test("a contact that was begun gets all of it, and what is empty is cleared", () => {
  const [contact, mail] = completingWrites(createAt("ann", { jobTitle: "Lead", fax: "" }), sync);
  expect(contact).toEqual({ cmdlet: "Set-Contact", parameters: { Title: "Lead", Fax: null } });
  expect(mail).toMatchObject({ parameters: { DisplayName: "ann", ExternalEmailAddress: at("ann") } });
});

test("an update sends only what differs, and stamps last", () => {
  expect(settingOf("jobTitle", "Lead")).toEqual([
    ["Set-Contact", { Title: "Lead" }],
    ["Set-MailContact", { CustomAttribute15: "its stamp" }],
  ]);
  expect(settingOf("hidden", true)).toEqual([
    ["Set-MailContact", { HiddenFromAddressListsEnabled: true, CustomAttribute15: "its stamp" }],
  ]);
  expect(settingOf("emailAddresses", [at("bo")])).toEqual([
    ["Set-MailContact", { ExternalEmailAddress: at("bo"), CustomAttribute15: "its stamp" }],
  ]);
});

test.each([
  ["companyName", "Northwind", { Company: "Northwind" }],
  ["jobTitle", "", { Title: null }],
  ["businessCountry", "Sweden", { CountryOrRegion: "SE" }],
  ["businessPhones", ["1", "2", "3"], { Phone: "1", OtherTelephone: ["2", "3"] }],
  ["businessPhones", [], { Phone: null, OtherTelephone: [] }],
] as const)("%s as %o is %o", (field, value, parameters) => {
  expect(settingOf(field, value)[0]).toEqual(["Set-Contact", parameters]);
});

test("a mail tip is text to people, and HTML to Exchange", () => {
  expect(settingOf("mailTip", "R&D <us>")).toEqual([
    ["Set-MailContact", { MailTip: "R&amp;D &lt;us&gt;", CustomAttribute15: "its stamp" }],
  ]);
});

test("a stamp tells since when its contact is hidden", () => {
  const change = { ...updateAt("ann", []), hiddenSince: "2026-03-01" };
  expect(stampFor(change, sync)).toMatch(/;hidden=2026-03-01$/);
});

test("a delete asks nobody whether it may", () => {
  expect(writesOf(deleteAt("ann"), sync)).toEqual([
    { cmdlet: "Remove-MailContact", parameters: { Confirm: false } },
  ]);
});
