import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import type { Tenant } from "../world.ts";
import { commandUrl, exceptionOf, invoke, make, rowsOf, set, withContacts } from "./world.ts";

async function names(tenant: Tenant, cmdlet: string, parameters: object): Promise<readonly string[]> {
  return (await rowsOf(tenant, cmdlet, parameters)).map(({ Name }) => Name);
}

test("no identity, null and an empty one give everybody: the hazard of the real one", async () => {
  const tenant = await withContacts();
  for (const cmdlet of ["Get-MailContact", "Get-Contact", "Get-Recipient"]) {
    const all = await rowsOf(tenant, cmdlet);
    expect(all.length).toBeGreaterThanOrEqual(9);
    for (const Identity of [null, ""]) expect(await rowsOf(tenant, cmdlet, { Identity })).toEqual(all);
  }
});

test("nobody found is an empty list, nobody of that identity is an error", async () => {
  const tenant = await openTenant();
  expect(await rowsOf(tenant, "Get-MailContact", { Filter: "Name -eq 'nobody'" })).toEqual([]);
  const answer = await invoke(tenant, "Get-MailContact", { Identity: "nobody" });
  expect([answer.status, answer.body.error.code]).toEqual([404, "NotFound"]);
});

test.for([
  ["Name -eq 'C2'", ["c2"]],
  ["Name -ne 'c2' -and Name -like 'c*'", ["c1", "c3", "c4", "c5", "c6"]],
  ["Name -lt 'c3' -and Name -ge 'c1'", ["c1", "c2"]],
  ["Name -gt 'c4' -and Name -le 'c6'", ["c5", "c6"]],
  ["Name -eq 'c1' -or Name -eq 'c2' -and Name -eq 'c3'", ["c1"]],
  ["(Name -eq 'c1' -or Name -eq 'c2') -and -not (Name -eq 'c1')", ["c2"]],
  ["CustomAttribute1 -eq 'it''s'", ["c4"]],
  ["CustomAttribute1 -ne $null", ["c4"]],
  ["customattribute1 -eq $null -and Name -like 'c*'", ["c1", "c2", "c3", "c5", "c6"]],
  ["CustomAttribute1 -lt 'z'", ["c4"]],
  ["CustomAttribute1 -lt '5'", []],
  ["HiddenFromAddressListsEnabled -eq $true", ["c5"]],
  ["HiddenFromAddressListsEnabled -eq 'True'", ["c5"]],
  ["ExtensionCustomAttribute1 -eq 'b'", ["c6"]],
  ["ExtensionCustomAttribute1 -ne 'b' -and Name -gt 'c4' -and Name -lt 'd'", ["c5"]],
  ["ExternalEmailAddress -eq 'c3@FABRIKAM.com'", ["c3"]],
  ["ExternalEmailAddress -eq 'smtp:c3@fabrikam.com'", ["c3"]],
  ["ExternalEmailAddress -like 'c3*'", []],
  ["ExternalEmailAddress -like 'smtp:c3*'", ["c3"]],
  ["EmailAddresses -eq 'SMTP:c3@fabrikam.com'", ["c3"]],
  ["WhenChanged -gt '2026-11-24T09:59:00Z' -and WhenChanged -lt '2026-11-25' -and Name -like 'c1*'", ["c1"]],
  ["RecipientTypeDetails -eq 'MailContact' -and Alias -like 'c1*'", ["c1"]],
  ["IsDirSynced -eq $false -and Name -eq 'c1'", ["c1"]],
] as const)("mail contacts are filtered by %s", async ([Filter, expected]) => {
  const tenant = await withContacts();
  await set(tenant, "Set-MailContact", "c4", { CustomAttribute1: "It's" });
  await set(tenant, "Set-MailContact", "c5", { HiddenFromAddressListsEnabled: true });
  await set(tenant, "Set-MailContact", "c6", { ExtensionCustomAttribute1: ["a", "b"] });
  expect(await names(tenant, "Get-MailContact", { Filter })).toEqual(expected);
});

test.for([
  ["Get-Contact", "ExternalEmailAddress"],
  ["Get-Contact", "CustomAttribute1"],
  ["Get-Contact", "HiddenFromAddressListsEnabled"],
  ["Get-Contact", "Alias"],
  ["Get-MailContact", "Company"],
  ["Get-MailContact", "Department"],
  ["Get-MailContact", "Notes"],
  ["Get-Recipient", "ShoeSize"],
] as const)("%s does not filter by %s", async ([cmdlet, property]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, cmdlet, { Filter: `${property} -eq 'x'` });
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)[1]).toContain(`"${property}" is not a recognized filterable property`);
});

test.for([
  ["Get-Contact", "Company"],
  ["Get-Contact", "Guid"],
  ["Get-Recipient", "Company"],
  ["Get-Recipient", "CustomAttribute15"],
  ["Get-Recipient", "ExternalEmailAddress"],
] as const)("%s filters by %s", async ([cmdlet, property]) => {
  const tenant = await openTenant();
  expect(await rowsOf(tenant, cmdlet, { Filter: `${property} -eq 'x'` })).toEqual([]);
});

test.for([
  "Name",
  "Name -eq",
  "Name -eq x",
  "Name -is 'x'",
  "Name eq 'x'",
  "(Name -eq 'x'",
  "Name -eq 'x' -and",
  "Name -eq 'x",
  "Name -like '*x'",
  "Name -like 'a*b'",
  "Name -like $null",
  "-not ".repeat(200) + "Name -eq 'x'",
])("%s is no filter", async (Filter) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, "Get-MailContact", { Filter });
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)[0]).toBe("FilterSyntaxException");
});

test("only what is selected is given", async () => {
  const tenant = await openTenant();
  const url = `${commandUrl(tenant)}?$select=Name,Guid`;
  const { body } = await invoke(tenant, "Get-MailContact", { ResultSize: 1 }, { url });
  expect(Object.keys(body.value[0])).toEqual(["Name", "Guid@data.type", "Guid@odata.type", "Guid"]);
  const unknown = await invoke(
    tenant,
    "Get-MailContact",
    {},
    { url: `${commandUrl(tenant)}?$select=ShoeSize` },
  );
  expect(unknown.status).toBe(400);
});

test("rows come in the order that is asked for", async () => {
  const tenant = await openTenant();
  await make(tenant, "aaa");
  expect(await names(tenant, "Get-MailContact", { SortBy: "Name" })).toEqual([
    "aaa",
    "Lena Supplier",
    "Taxi Stockholm",
    "Łukasz Żak",
  ]);
  expect((await invoke(tenant, "Get-MailContact", { SortBy: "Title" })).status).toBe(400);
});

test("a number of rows is kept, and it is said that there are more", async () => {
  const tenant = await withContacts();
  const one = await invoke(tenant, "Get-MailContact", { ResultSize: 1 });
  expect(one.body.value).toHaveLength(1);
  expect(one.body["@adminapi.warnings"]).toEqual([
    expect.stringContaining("There are more results available than are currently displayed."),
  ]);
  const all = await invoke(tenant, "Get-MailContact", { ResultSize: "9" });
  expect([all.body.value.length, all.body["@adminapi.warnings"]]).toEqual([9, []]);
  for (const ResultSize of [0, -1, "many", 1.5]) {
    expect((await invoke(tenant, "Get-MailContact", { ResultSize })).status).toBe(400);
  }
});

test("accepted domains are the initial one and those of the members' mail", async () => {
  const tenant = await openTenant();
  const rows = await rowsOf(tenant, "Get-AcceptedDomain");
  expect(rows.map(({ DomainName, Default, InitialDomain }) => [DomainName, Default, InitialDomain])).toEqual([
    ["contoso.onmicrosoft.com", false, true],
    ["contoso.com", true, false],
  ]);
  expect(await rowsOf(tenant, "Get-AcceptedDomain", { Identity: "Contoso.com" })).toHaveLength(1);
});

test("the organization is called by its initial domain", async () => {
  const tenant = await openTenant();
  expect(await rowsOf(tenant, "Get-OrganizationConfig")).toMatchObject([
    { Name: "contoso.onmicrosoft.com", DisplayName: "Contoso", Guid: tenant.sandbox.tenantId },
  ]);
});
