import { expect, test } from "vitest";
import { openTenant, reopen } from "../world.ts";
import { exceptionOf, invoke, make, rowsOf, set } from "./world.ts";

const anna = {
  Name: "galops-abc",
  Alias: "galops-abc",
  DisplayName: "Anna Meyer",
  FirstName: "Anna",
  LastName: "Meyer",
  ExternalEmailAddress: "anna.meyer@fabrikam.com",
};

test("a contact that is made is answered with all that is known of it", async () => {
  const tenant = await openTenant();
  const { status, headers, body } = await invoke(tenant, "New-MailContact", anna);
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
    ...anna,
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

test("every property that is set is read back, and cleared by null", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const ofMail = {
    Alias: "other",
    DisplayName: "Anna M",
    CustomAttribute1: "one",
    CustomAttribute15: "galops:x",
    ExtensionCustomAttribute2: ["a", "b"],
    HiddenFromAddressListsEnabled: true,
    RequireSenderAuthenticationEnabled: true,
    SimpleDisplayName: "Anna",
  };
  const ofContact = {
    AssistantName: "Bea",
    City: "Łódź",
    Company: "Fabrikam",
    Department: "Sales",
    Fax: "1",
    FirstName: "Anna",
    HomePhone: "2",
    Initials: "B",
    LastName: "Meyer",
    MobilePhone: "3",
    Notes: "a\nb",
    Office: "4",
    OtherTelephone: ["5", "6"],
    Pager: "7",
    Phone: "8",
    PhoneticDisplayName: "Ana",
    PostalCode: "9",
    PostOfficeBox: ["10"],
    StateOrProvince: "WA",
    StreetAddress: "Street 1",
    TelephoneAssistant: "11",
    Title: "Engineer",
    WebPage: "https://fabrikam.com",
  };
  expect(await set(tenant, "Set-MailContact", guid, ofMail)).toMatchObject(ofMail);
  expect(await set(tenant, "Set-Contact", guid, ofContact)).toMatchObject({ ...ofMail, ...ofContact });
  const cleared = Object.fromEntries(Object.keys(ofContact).map((name) => [name, null]));
  const after = await set(tenant, "Set-Contact", guid, cleared);
  for (const [name, value] of Object.entries(ofContact)) {
    expect([name, after[name]]).toEqual([name, Array.isArray(value) ? [] : ""]);
  }
  expect(after).toMatchObject(ofMail);
  const [kept] = [...tenant.state.orgContacts.values()].slice(-1);
  expect(Object.keys(kept ?? {})).not.toContain("phones");
});

test("lists are replaced, added to, removed from and cleared", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const type = { "@odata.type": "#Exchange.GenericHashTable" };
  const lists: readonly [given: unknown, after: readonly string[]][] = [
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [{ ...type, Add: ["c"], Remove: ["a"] }, ["b", "c"]],
    [{ ...type, add: ["c", "d"] }, ["b", "c", "d"]],
    ["e", ["e"]],
    [type, []],
  ];
  for (const [given, after] of lists) {
    const row = await set(tenant, "Set-MailContact", guid, { ExtensionCustomAttribute1: given });
    expect(row.ExtensionCustomAttribute1).toEqual(after);
  }
  const bare = await invoke(tenant, "Set-MailContact", {
    Identity: guid,
    ExtensionCustomAttribute1: { Add: ["f"] },
  });
  expect(bare.status).toBe(400);
  expect(exceptionOf(bare)[0]).toBe("ParameterTransformationException");
  expect(exceptionOf(bare)[1]).toContain("Newtonsoft");
});

test("a new address takes the place of the old one, in Graph too", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const row = await set(tenant, "Set-MailContact", guid, {
    ExternalEmailAddress: "SMTP:a.meyer@Fabrikam.com",
  });
  expect(row).toMatchObject({
    Guid: guid,
    ExternalEmailAddress: "SMTP:a.meyer@Fabrikam.com",
    EmailAddresses: ["SMTP:a.meyer@Fabrikam.com"],
    WindowsEmailAddress: "a.meyer@Fabrikam.com",
  });
  const { body } = await tenant.get(`/contacts/${row.ExternalDirectoryObjectId}?$select=mail,proxyAddresses`);
  expect(body).toMatchObject({
    mail: "a.meyer@Fabrikam.com",
    proxyAddresses: ["SMTP:a.meyer@Fabrikam.com"],
  });
  // The old address is free again.
  await make(tenant, "anna2", { ExternalEmailAddress: "anna@fabrikam.com" });
});

test("setting what is set already changes nothing and is warned of", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna", anna);
  const same = { Identity: guid, DisplayName: "Anna Meyer", ExternalEmailAddress: anna.ExternalEmailAddress };
  const before = [...tenant.state.orgContacts.values()].at(-1);
  const { status, body } = await invoke(tenant, "Set-MailContact", same);
  expect(status).toBe(200);
  expect(body.value).toEqual([]);
  expect(body["@adminapi.warnings"]).toEqual([
    "The command completed successfully but no settings of 'galops-abc' have been modified.",
  ]);
  expect([...tenant.state.orgContacts.values()].at(-1)).toBe(before);
  const changed = await invoke(tenant, "Set-MailContact", { ...same, DisplayName: "Anna" });
  expect(changed.body["@adminapi.warnings"]).toEqual([]);
});

test("countries are written by code or name and read by name; other names are refused", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  for (const [given, read] of [
    ["se", "Sweden"],
    ["Poland", "Poland"],
    ["CZ", "Czech Republic"],
    ["GB", "United Kingdom"],
    ["BA", "Bosnia and Herzegovina"],
  ]) {
    expect((await set(tenant, "Set-Contact", guid, { CountryOrRegion: given })).CountryOrRegion).toBe(read);
  }
  for (const given of ["Deutschland", "UK", "ZZ", "SWE"]) {
    const refused = await invoke(tenant, "Set-Contact", { Identity: guid, CountryOrRegion: given });
    expect(refused.status).toBe(400);
    expect(exceptionOf(refused)[0]).toBe("ParameterTransformationException");
  }
});

test("a mail tip is kept as HTML, and is for 175 characters that are shown", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const row = await set(tenant, "Set-MailContact", guid, { MailTip: "At Fabrikam" });
  expect(row).toMatchObject({
    MailTip: "<html><body>At Fabrikam</body></html>",
    MailTipTranslations: ["default:<html><body>At Fabrikam</body></html>"],
  });
  const again = await invoke(tenant, "Set-MailContact", { Identity: guid, MailTip: "At Fabrikam" });
  expect(again.body["@adminapi.warnings"]).toHaveLength(1);
  await set(tenant, "Set-MailContact", guid, { MailTip: `<b>${"x".repeat(175)}</b>` });
  const long = await invoke(tenant, "Set-MailContact", { Identity: guid, MailTip: "x".repeat(176) });
  expect(exceptionOf(long)[1]).toContain("maximum length is 175");
});

test("a manager is anybody of the organization or another contact", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const boss = await make(tenant, "boss");
  expect((await set(tenant, "Set-Contact", guid, { Manager: boss })).Manager).toBe("boss");
  expect((await set(tenant, "Set-Contact", guid, { Manager: "ann@contoso.com" })).Manager).toBe(
    tenant.idOf("ann"),
  );
  const [row] = await rowsOf(tenant, "Get-MailContact", { Identity: guid });
  const { body } = await tenant.get(`/contacts/${row.ExternalDirectoryObjectId}/manager?$select=id`);
  expect(body.id).toBe(tenant.idOf("ann"));
  for (const nobody of ["nobody", "sales@contoso.com"]) {
    const refused = await invoke(tenant, "Set-Contact", { Identity: guid, Manager: nobody });
    expect(refused.status).toBe(404);
  }
  expect((await set(tenant, "Set-Contact", guid, { Manager: null })).Manager).toBeNull();
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
  const made = await invoke(tenant, "New-MailContact", { ...anna, WhatIf: true });
  expect(made.body["@adminapi.confirmationmessage"]).toContain("Anna".toLowerCase());
  expect(made.body.value).toEqual([]);
  await invoke(tenant, "Set-MailContact", { Identity: "lena", DisplayName: "L", WhatIf: true });
  await invoke(tenant, "Remove-MailContact", { Identity: "lena", WhatIf: true });
  const names = (await rowsOf(tenant, "Get-MailContact")).map(({ DisplayName }) => DisplayName);
  expect(names).toEqual(["Lena Supplier", "Taxi Stockholm", "Łukasz Żak"]);
});

test("what was made is in the file, which is read as it was written", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna", anna);
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
