import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import type { Tenant } from "../world.ts";
import { anchor, commandUrl, exceptionOf, host, invoke, make, rowsOf, set } from "./world.ts";
import type { ExchangeAnswer } from "./world.ts";

/** With six contacts more: c1 to c6. */
async function withContacts(more: Parameters<typeof openTenant>[0] = {}): Promise<Tenant> {
  const tenant = await openTenant(more);
  for (let number = 1; number <= 6; number++) await make(tenant, `c${number}`);
  return tenant;
}

function namesIn({ body }: ExchangeAnswer): readonly string[] {
  return body.value.map((row: { readonly Name: string }) => row.Name);
}

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

const unlimited = { ResultSize: "Unlimited" };
const four = { Prefer: "odata.continue-on-error, odata.maxpagesize=4" };

test("pages are followed by sending the same body with the same anchor, each row once", async () => {
  const tenant = await withContacts();
  const pages: ExchangeAnswer[] = [];
  for (let url: string | undefined = `${commandUrl(tenant)}?$select=Name`; url !== undefined;) {
    const page = await invoke(tenant, "Get-MailContact", unlimited, { url, headers: four });
    expect([page.status, page.body["@adminapi.warnings"]]).toEqual([200, []]);
    pages.push(page);
    url = page.body["@odata.nextLink"];
  }
  expect(pages.map((page) => namesIn(page).length)).toEqual([4, 4, 1]);
  expect(new Set(pages.flatMap(namesIn)).size).toBe(9);
  expect(pages[0]?.body["@odata.nextLink"]).toMatch(
    new RegExp(`^${host}/adminapi/beta/${tenant.sandbox.tenantId}/InvokeCommand\\?%24skiptoken=`),
  );
  expect(Object.keys(pages[2]?.body.value[0])).toEqual(["Name"]);
});

test("what is made between two pages does not move the rows", async () => {
  const tenant = await withContacts();
  const first = await invoke(tenant, "Get-MailContact", unlimited, { headers: four });
  await invoke(tenant, "Remove-MailContact", { Identity: "lena" });
  const url = first.body["@odata.nextLink"];
  expect(namesIn(await invoke(tenant, "Get-MailContact", unlimited, { url, headers: four }))).toEqual([
    "c2",
    "c3",
    "c4",
    "c5",
  ]);
});

test.for([
  ["another body", { body: '{"CmdletInput":{"CmdletName":"Get-MailContact","Parameters":{}}}' }],
  ["another anchor", { headers: { ...four, "X-AnchorMailbox": `${anchor}x` } }],
  ["no anchor", { headers: { ...four, "X-AnchorMailbox": "" } }],
  ["another link", { link: "x" }],
] as const)("a link with %s is expired or invalid", async ([, change]) => {
  const tenant = await withContacts();
  const first = await invoke(tenant, "Get-MailContact", unlimited, { headers: four });
  const link = `${first.body["@odata.nextLink"]}${"link" in change ? change.link : ""}`;
  const answer = await invoke(tenant, "Get-MailContact", unlimited, { headers: four, ...change, url: link });
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    error: {
      code: "BadRequest",
      message: "Invalid Operation",
      innererror: {
        message: "Invalid Operation",
        type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
        stacktrace: "",
        internalexception: {
          message: "Expired or Invalid pagination request. Default Expiry time is 00:30:00",
          type: "System.Exception",
          stacktrace: "",
        },
      },
    },
  });
});

test("without an anchor pages cannot be followed at all", async () => {
  const tenant = await withContacts();
  const headers = { ...four, "X-AnchorMailbox": "" };
  const first = await invoke(tenant, "Get-MailContact", unlimited, { headers });
  const url = first.body["@odata.nextLink"];
  expect((await invoke(tenant, "Get-MailContact", unlimited, { url, headers })).status).toBe(400);
});

test("a link is good for half an hour", async () => {
  let now = Date.UTC(2026, 10, 24);
  const tenant = await withContacts({ clock: { now: () => now } });
  const first = await invoke(tenant, "Get-MailContact", unlimited, { headers: four });
  const sending = { headers: four, url: first.body["@odata.nextLink"] };
  now += 30 * 60_000;
  expect((await invoke(tenant, "Get-MailContact", unlimited, sending)).status).toBe(200);
  now += 1;
  expect((await invoke(tenant, "Get-MailContact", unlimited, sending)).status).toBe(400);
});

test("recipients are of all kinds, with what hides them from address lists", async () => {
  const tenant = await openTenant();
  const lena = await make(tenant, "anna");
  const mine = {
    HiddenFromAddressListsEnabled: true,
    CustomAttribute1: "x",
    ExtensionCustomAttribute2: ["y", "z"],
  };
  await set(tenant, "Set-MailContact", lena, mine);
  const rows = await rowsOf(tenant, "Get-Recipient", unlimited);
  const of = (mail: string): unknown => rows.find((row) => row.PrimarySmtpAddress === mail);
  expect(of("ann@contoso.com")).toMatchObject({
    RecipientType: "UserMailbox",
    RecipientTypeDetails: "UserMailbox",
    ExternalDirectoryObjectId: tenant.idOf("ann"),
    EmailAddresses: ["SMTP:ann@contoso.com", "smtp:ann@contoso.onmicrosoft.com"],
    ExternalEmailAddress: null,
    HiddenFromAddressListsEnabled: false,
    FirstName: "Ann",
    Title: "Managing director",
    Company: "Contoso",
    Office: "Stockholm 4.12",
    City: "Stockholm",
    CountryOrRegion: "Sweden",
    Phone: "+46 8 123 45 01",
    CustomAttribute1: "vip",
  });
  expect(of("hidden@contoso.com")).toMatchObject({ HiddenFromAddressListsEnabled: true });
  expect(of("sales-team@contoso.com")).toMatchObject({ RecipientTypeDetails: "SharedMailbox" });
  expect(of("ines@contoso.com")).toMatchObject({ RecipientTypeDetails: "MailUser" });
  expect(of("gil@fabrikam.example")).toMatchObject({
    RecipientType: "MailUser",
    RecipientTypeDetails: "GuestMailUser",
    ExternalEmailAddress: "SMTP:gil@fabrikam.example",
    HiddenFromAddressListsEnabled: true,
  });
  expect(of("sales@contoso.com")).toMatchObject({ RecipientTypeDetails: "MailUniversalSecurityGroup" });
  expect(of("anna@fabrikam.com")).toMatchObject({
    RecipientTypeDetails: "MailContact",
    ...mine,
  });
  expect(rows.some(({ DisplayName }) => DisplayName === "svc-backup")).toBe(false);
});

test("recipients are chosen by their type", async () => {
  const tenant = await openTenant();
  const details = async (RecipientTypeDetails: unknown): Promise<unknown> =>
    new Set(
      (await rowsOf(tenant, "Get-Recipient", { RecipientTypeDetails })).map(
        (row) => row.RecipientTypeDetails,
      ),
    );
  expect(await details(["guestmailuser", "MailUser"])).toEqual(new Set(["GuestMailUser", "MailUser"]));
  expect(await details("MailContact")).toEqual(new Set(["MailContact"]));
  expect((await invoke(tenant, "Get-Recipient", { RecipientTypeDetails: ["Planet"] })).status).toBe(400);
});

test("what Exchange says of a user stands in the file beside what Graph says", async () => {
  const tenant = await openTenant();
  const bo = tenant.state.users.get(tenant.idOf("bo"));
  if (bo === undefined) throw new Error("There is no Bo.");
  const exchange = { HiddenFromAddressListsEnabled: true };
  tenant.sandbox.store.commit([{ put: "user", value: { ...bo, exchange } }]);
  const [row] = await rowsOf(tenant, "Get-Recipient", { Identity: "BO@contoso.com" });
  expect(row.HiddenFromAddressListsEnabled).toBe(true);
  const { body } = await tenant.get(`/users/${bo.id}?$select=showInAddressList`);
  expect(body.showInAddressList).toBeNull();
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
