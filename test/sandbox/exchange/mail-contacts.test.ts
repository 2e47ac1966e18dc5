import { expect, test } from "vitest";
import { openTenant, reopen } from "../world.ts";
import { annaMeyer, exceptionOf, invoke, make, rowsOf, set } from "./world.ts";

test("a contact that is made is answered with all that is known of it", async () => {
  const tenant = await openTenant();
  const { status, headers, body } = await invoke(tenant, "New-MailContact", annaMeyer);
  expect(status).toBe(200);
  expect(headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("content-type")).toMatch(/^application\/json;odata\.metadata=minimal/);
  expect(body["@adminapi.warnings"]).toEqual([]);
  expect(body.value).toHaveLength(1);
  const [row] = body.value;
  expect(row).toMatchObject({
    ExternalEmailAddress: "SMTP:anna.meyer@fabrikam.com",
    "EmailAddresses@odata.type": "#Collection(String)",
    EmailAddresses: ["SMTP:anna.meyer@fabrikam.com"],
    PrimarySmtpAddress: "anna.meyer@fabrikam.com",
    Alias: "galops-abc",
    Name: "galops-abc",
    Identity: "galops-abc",
    DisplayName: "Anna Meyer",
    CustomAttribute15: "",
    ExtensionCustomAttribute1: [],
    HiddenFromAddressListsEnabled: false,
    MailTip: null,
    IsDirSynced: false,
    RecipientTypeDetails: "MailContact",
    "Guid@data.type": "System.Guid",
    "Guid@odata.type": "#Guid",
    "WhenCreatedUTC@data.type": "System.DateTime",
    WhenCreatedUTC: "2026-11-24T10:00:00.0000000+00:00",
  });
  expect(row.Guid).not.toBe(row.ExternalDirectoryObjectId);
});

test("a mail contact is Graph's organizational contact, with what Graph knows of it", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna", {
    ...annaMeyer,
    Name: "anna",
    ExternalEmailAddress: "anna@fabrikam.com",
  });
  await invoke(tenant, "Set-Contact", {
    Identity: guid,
    Company: "Fabrikam",
    Title: "Engineer",
    Department: "R&D",
    Office: "4.12",
    Phone: "+1 425 555 0100",
    MobilePhone: "+1 425 555 0101",
    Fax: "+1 425 555 0102",
    Pager: "1234",
    City: "Seattle",
    CountryOrRegion: "US",
    Notes: "Likes tea",
  });
  const [row] = await rowsOf(tenant, "Get-MailContact", { Identity: guid });
  const { status, body } = await tenant.get(`/contacts/${row.ExternalDirectoryObjectId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: row.ExternalDirectoryObjectId,
    displayName: "Anna Meyer",
    givenName: "Anna",
    surname: "Meyer",
    mail: "anna@fabrikam.com",
    mailNickname: "galops-abc",
    proxyAddresses: ["SMTP:anna@fabrikam.com"],
    companyName: "Fabrikam",
    jobTitle: "Engineer",
    department: "R&D",
    phones: [
      { type: "business", number: "+1 425 555 0100" },
      { type: "mobile", number: "+1 425 555 0101" },
      { type: "businessFax", number: "+1 425 555 0102" },
    ],
    addresses: [{ officeLocation: "4.12", city: "Seattle", countryOrRegion: "United States" }],
  });
  expect(JSON.stringify(body)).not.toContain("Likes tea");
  expect(JSON.stringify(body)).not.toContain("1234");
});

test("organizational contacts that are there already are mail contacts", async () => {
  const tenant = await openTenant();
  const mail = await rowsOf(tenant, "Get-MailContact");
  const contacts = await rowsOf(tenant, "Get-Contact");
  expect(mail.map(({ Name, Alias, ExternalEmailAddress }) => [Name, Alias, ExternalEmailAddress])).toEqual([
    ["Lena Supplier", "lena", "SMTP:lena@supplier.example"],
    ["Taxi Stockholm", "taxi", "SMTP:taxi@taxi.example"],
    ["Łukasz Żak", "lukasz", "SMTP:lukasz@wojak.example"],
  ]);
  expect(contacts.map(({ Guid }) => Guid)).toEqual(mail.map(({ Guid }) => Guid));
  expect(contacts[0]).toMatchObject({
    FirstName: "Lena",
    Company: "Supplier AB",
    Phone: "+46 8 555 01 00",
    CountryOrRegion: "Sweden",
    Title: "",
    OtherTelephone: [],
  });
});

test("a contact without a mail address is a contact, and no mail contact", async () => {
  const tenant = await openTenant();
  const value = { id: "6f000000-0000-4000-8000-000000000001", displayName: "Nobody" };
  tenant.sandbox.store.commit([{ put: "orgContact", value }]);
  expect(await rowsOf(tenant, "Get-MailContact")).toHaveLength(3);
  const rows = await rowsOf(tenant, "Get-Contact", { Identity: "Nobody" });
  expect(rows).toMatchObject([{ RecipientTypeDetails: "Contact", WindowsEmailAddress: "" }]);
});

test("a contact that is removed is gone from everywhere, and cannot be removed again", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const other = await make(tenant, "other");
  await set(tenant, "Set-Contact", other, { Manager: guid });
  const lena = [...tenant.state.orgContacts.values()][0]?.id ?? "";
  const removed = await invoke(tenant, "Remove-MailContact", { Identity: guid, Confirm: false });
  expect([removed.status, removed.body.value]).toEqual([200, []]);
  await invoke(tenant, "Remove-MailContact", { Identity: "lena@supplier.example" });
  const again = await invoke(tenant, "Remove-MailContact", { Identity: guid, Confirm: false });
  expect(again.status).toBe(404);
  expect(exceptionOf(again)).toEqual([
    "ManagementObjectNotFoundException",
    expect.stringContaining(`object '${guid}' couldn't be found on`),
  ]);
  expect([...tenant.state.groups.values()].flatMap(({ members }) => members)).not.toContain(lena);
  // What is read again is a tenant: nothing refers to who is gone.
  await tenant.sandbox.close();
  expect(await rowsOf(await reopen(tenant.file), "Get-Contact", { Identity: other })).toMatchObject([
    { Manager: null },
  ]);
});

test("what is asked with WhatIf is told and not done", async () => {
  const tenant = await openTenant();
  const made = await invoke(tenant, "New-MailContact", { ...annaMeyer, WhatIf: true });
  expect(made.body["@adminapi.confirmationmessage"]).toContain("Anna".toLowerCase());
  expect(made.body.value).toEqual([]);
  await invoke(tenant, "Set-MailContact", { Identity: "lena", DisplayName: "L", WhatIf: true });
  await invoke(tenant, "Remove-MailContact", { Identity: "lena", WhatIf: true });
  const names = (await rowsOf(tenant, "Get-MailContact")).map(({ DisplayName }) => DisplayName);
  expect(names).toEqual(["Lena Supplier", "Taxi Stockholm", "Łukasz Żak"]);
});

test("what was made is in the file, which is read as it was written", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna", annaMeyer);
  const mine = { CustomAttribute15: "galops:x", MailTip: "Hi", HiddenFromAddressListsEnabled: true };
  await set(tenant, "Set-MailContact", guid, mine);
  await set(tenant, "Set-Contact", guid, { Notes: "n", OtherTelephone: ["1"] });
  const before = await rowsOf(tenant, "Get-MailContact");
  await tenant.sandbox.close();
  const again = await reopen(tenant.file);
  expect(await rowsOf(again, "Get-MailContact")).toEqual(before);
  expect(await rowsOf(again, "Get-Contact", { Identity: guid })).toMatchObject([
    { Notes: "n", OtherTelephone: ["1"] },
  ]);
});
