import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { anna, exceptionOf, invoke, make, rowsOf, snapshot } from "./world.ts";

test.for([
  "foo",
  "foo@",
  "@fabrikam.com",
  "a b@fabrikam.com",
  "foo@fabrikam",
  "a@b@c.de",
  "a..b@fabrikam.com",
  "X400:foo",
])("%s is no address", async (address) => {
  const tenant = await openTenant();
  const created = await invoke(tenant, "New-MailContact", { ...anna, ExternalEmailAddress: address });
  const set = await invoke(tenant, "Set-MailContact", { Identity: "lena", ExternalEmailAddress: address });
  for (const answer of [created, set]) {
    expect(answer.status).toBe(400);
    expect(exceptionOf(answer)).toEqual([
      "RecipientTaskException",
      `The external e-mail address ${address} is not an SMTP e-mail address.`,
    ]);
  }
});

test.for([
  ["a user", "bo@contoso.com"],
  ["a user, as another address", "BO@contoso.onmicrosoft.com"],
  ["a user without a mailbox", "ines@contoso.com"],
  ["a guest", "gil@fabrikam.example"],
  ["a group", "sales@contoso.com"],
  ["another mail contact", "Lena@Supplier.example"],
] as const)("an address of %s is taken", async ([, address]) => {
  const tenant = await openTenant();
  await make(tenant, "other");
  const created = await invoke(tenant, "New-MailContact", { ...anna, ExternalEmailAddress: address });
  const set = await invoke(tenant, "Set-MailContact", { Identity: "other", ExternalEmailAddress: address });
  for (const answer of [created, set]) {
    expect([answer.status, answer.body.error.code]).toEqual([409, "Conflict"]);
    expect(exceptionOf(answer)).toEqual([
      "ProxyAddressExistsException",
      expect.stringContaining(`The proxy address "SMTP:${address}" is already being used`),
    ]);
  }
  expect(await rowsOf(tenant, "Get-MailContact")).toHaveLength(4);
});

test("names and aliases are one of a kind, whatever their case", async () => {
  const tenant = await openTenant();
  await make(tenant, "first", { Alias: "one" });
  await make(tenant, "second", { Alias: "two" });
  const sameName = await invoke(tenant, "New-MailContact", { ...anna, Name: "FIRST" });
  const renamed = await invoke(tenant, "Set-Contact", { Identity: "second", Name: "First" });
  for (const answer of [sameName, renamed]) {
    expect(answer.status).toBe(500);
    expect(exceptionOf(answer)[1]).toMatch(/^There are multiple recipients matching identity "first"/i);
  }
  const sameAlias = await invoke(tenant, "New-MailContact", { ...anna, Alias: "ONE" });
  const realiased = await invoke(tenant, "Set-MailContact", { Identity: "second", Alias: "One" });
  for (const answer of [sameAlias, realiased]) {
    expect(answer.status).toBe(400);
    expect(exceptionOf(answer)[1]).toContain('property "Alias" is used by another recipient');
  }
  const ofUser = await invoke(tenant, "New-MailContact", { ...anna, Alias: "bo" });
  expect(ofUser.status).toBe(400);
  // Its own are not in its way; display names may repeat.
  const own = await invoke(tenant, "Set-MailContact", {
    Identity: "second",
    Alias: "TWO",
    Name: "Second",
    DisplayName: "first",
  });
  expect(own.status).toBe(200);
});

test("an alias that is not given is made from the name", async () => {
  const tenant = await openTenant();
  const aliases: string[] = [];
  for (const [index, name] of ["Anna Meyer", "user@lab.de", "Żak", "anna meyer "].entries()) {
    const ExternalEmailAddress = `p${index}@fabrikam.com`;
    const { body } = await invoke(tenant, "New-MailContact", { Name: name, ExternalEmailAddress });
    aliases.push(body.value[0].Alias);
  }
  expect(aliases).toEqual(["AnnaMeyer", "user?lab.de", "?ak", "annameyer1"]);
});

test("what is synchronized from elsewhere is read and never written", async () => {
  const tenant = await openTenant();
  const lena = [...tenant.state.orgContacts.values()][0];
  if (lena === undefined) throw new Error("There is nobody.");
  tenant.sandbox.store.commit([{ put: "orgContact", value: { ...lena, onPremisesSyncEnabled: true } }]);
  const [row] = await rowsOf(tenant, "Get-MailContact", { Identity: "lena" });
  expect(row.IsDirSynced).toBe(true);
  const before = snapshot(tenant);
  for (const [cmdlet, more] of [
    ["Set-MailContact", { CustomAttribute15: "x" }],
    ["Set-Contact", { Title: "x" }],
    ["Remove-MailContact", {}],
  ] as const) {
    const answer = await invoke(tenant, cmdlet, { Identity: row.Guid, ...more });
    expect(answer.status).toBe(400);
    expect(exceptionOf(answer)[1]).toContain("is being synchronized from your on-premises organization");
  }
  expect(snapshot(tenant)).toBe(before);
});

test("mail contacts are found by name, alias, address, DN and GUID; contacts by name, DN and GUID alone", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, "Anna, M", { Alias: "am", ExternalEmailAddress: "am@fabrikam.com" });
  const [row] = await rowsOf(tenant, "Get-MailContact", { Identity: guid.toUpperCase() });
  expect(row.DistinguishedName).toMatch(/^CN=Anna\\, M,OU=contoso\.onmicrosoft\.com,/);
  for (const Identity of ["anna, m", row.DistinguishedName, guid]) {
    expect(await rowsOf(tenant, "Get-MailContact", { Identity })).toHaveLength(1);
    expect(await rowsOf(tenant, "Get-Contact", { Identity })).toHaveLength(1);
  }
  for (const Identity of ["AM", "AM@fabrikam.com"]) {
    expect(await rowsOf(tenant, "Get-MailContact", { Identity })).toHaveLength(1);
    expect((await invoke(tenant, "Get-Contact", { Identity })).status).toBe(404);
  }
  const byEntraId = await invoke(tenant, "Get-MailContact", { Identity: row.ExternalDirectoryObjectId });
  expect(byEntraId.status).toBe(404);
});

test("an identity that fits several contacts is refused", async () => {
  const tenant = await openTenant();
  await make(tenant, "one", { Alias: "two" });
  await make(tenant, "two", { Alias: "three" });
  const answer = await invoke(tenant, "Set-MailContact", { Identity: "two", DisplayName: "x" });
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)).toEqual([
    "ManagementObjectAmbiguousException",
    expect.stringContaining("matches multiple entries"),
  ]);
});
