import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { annaMeyer, exceptionOf, invoke, make, rowsOf, set } from "./world.ts";

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

test("other addresses are kept beside the one that mail goes to, each for one recipient", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna");
  const addresses = ["SMTP:anna@fabrikam.com", "smtp:a.meyer@fabrikam.com"];
  const row = await set(tenant, "Set-MailContact", guid, { EmailAddresses: addresses });
  expect(row).toMatchObject({ ExternalEmailAddress: "SMTP:anna@fabrikam.com", EmailAddresses: addresses });
  const other = {
    Identity: await make(tenant, "other"),
    EmailAddresses: ["SMTP:other@fabrikam.com", addresses[1]],
  };
  const taken = await invoke(tenant, "Set-MailContact", other);
  expect(exceptionOf(taken)[0]).toBe("ProxyAddressExistsException");
});

test("setting what is set already changes nothing and is warned of", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "anna", annaMeyer);
  const same = {
    Identity: guid,
    DisplayName: "Anna Meyer",
    ExternalEmailAddress: annaMeyer.ExternalEmailAddress,
  };
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
