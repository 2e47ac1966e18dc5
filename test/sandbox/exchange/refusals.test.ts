import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import type { Tenant } from "../world.ts";
import { anchor, commandUrl, exceptionOf, host, invoke, make, rowsOf } from "./world.ts";
import type { Sending } from "./world.ts";

const anna = { Name: "anna", ExternalEmailAddress: "anna@fabrikam.com" };

function snapshot({ state }: Tenant): string {
  return JSON.stringify([...state.orgContacts.values()]);
}

test.for([
  ["no token", { headers: { Authorization: "" } }],
  ["another kind of token", { headers: { Authorization: "Basic abc" } }],
] as const satisfies readonly [string, Sending][])("%s is not authorized", async ([, sending]) => {
  const tenant = await openTenant();
  const { status, text, headers } = await invoke(tenant, "Get-MailContact", {}, sending);
  expect([status, text]).toEqual([401, ""]);
  expect(headers.get("www-authenticate")).toContain("Bearer");
});

test.for(["6f000000-0000-4000-8000-0000000000aa", "contoso.com", "fabrikam.onmicrosoft.com"])(
  "%s is another organization, in the path always and in the anchor for those who write",
  async (name) => {
    const tenant = await openTenant();
    const url = `${host}/adminapi/beta/${name}/InvokeCommand`;
    const headers = { "X-AnchorMailbox": anchor.replace("contoso.onmicrosoft.com", name) };
    const refused = [
      await invoke(tenant, "Get-MailContact", {}, { url }),
      await invoke(tenant, "New-MailContact", anna, { headers }),
      await invoke(tenant, "Set-MailContact", { Identity: "lena", DisplayName: "x" }, { headers }),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(500);
      expect(exceptionOf(answer)).toEqual([
        "ADTransientException",
        expect.stringMatching(`OU=${name},.* does not belong to partition`),
      ]);
    }
    expect((await invoke(tenant, "Get-MailContact", {}, { headers })).status).toBe(200);
    expect(snapshot(tenant)).not.toContain('"x"');
  },
);

test("the organization is called by its id or its initial domain, in any case", async () => {
  const tenant = await openTenant();
  for (const name of [tenant.sandbox.tenantId.toUpperCase(), "contoso.onmicrosoft.com"]) {
    const url = `${host}/adminapi/beta/${name}/InvokeCommand`;
    expect((await invoke(tenant, "Get-AcceptedDomain", {}, { url })).status).toBe(200);
  }
});

test.for([
  ["v1.0 of InvokeCommand", (url: string) => url.replace("/beta/", "/v1.0/"), "POST", 405],
  ["reading InvokeCommand", (url: string) => url, "GET", 405],
  ["v2.0", (url: string) => url.replace("/beta/", "/v2.0/"), "POST", 404],
  ["another action", (url: string) => url.replace("InvokeCommand", "Mailbox"), "POST", 404],
  ["more of the path", (url: string) => `${url}/more`, "POST", 404],
  ["an unknown query option", (url: string) => `${url}?$filter=x`, "POST", 400],
] as const)("%s is refused", async ([, change, method, status]) => {
  const tenant = await openTenant();
  const url = change(commandUrl(tenant));
  expect((await invoke(tenant, "Get-MailContact", {}, { url, method })).status).toBe(status);
});

test.for([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["another key", '{"cmdletInput":{"CmdletName":"Get-Contact","Parameters":{}}}'],
  ["a key too many", '{"CmdletInput":{"CmdletName":"Get-Contact","Parameters":{}},"x":1}'],
  ["a key too many inside", '{"CmdletInput":{"CmdletName":"Get-Contact","Parameters":{},"x":1}}'],
  ["a name in another case", '{"CmdletInput":{"cmdletName":"Get-Contact","Parameters":{}}}'],
  ["parameters in another case", '{"CmdletInput":{"CmdletName":"Get-Contact","parameters":{}}}'],
  ["no parameters", '{"CmdletInput":{"CmdletName":"Get-Contact"}}'],
  ["null parameters", '{"CmdletInput":{"CmdletName":"Get-Contact","Parameters":null}}'],
  ["a list of parameters", '{"CmdletInput":{"CmdletName":"Get-Contact","Parameters":[]}}'],
] as const)("an envelope with %s is an invalid operation", async ([, body]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, "", {}, { body });
  expect([answer.status, answer.body]).toEqual([
    400,
    { error: { code: "BadRequest", message: "Invalid Operation" } },
  ]);
});

test("a body has to be said to be JSON", async () => {
  const tenant = await openTenant();
  const headers = { "Content-Type": "text/plain" };
  expect((await invoke(tenant, "Get-MailContact", {}, { headers })).status).toBe(400);
});

test("a cmdlet that there is not is answered with nothing that can be read", async () => {
  const tenant = await openTenant();
  const { status, text, body } = await invoke(tenant, "Get-Planet");
  expect([status, body]).toEqual([403, undefined]);
  expect(text).toMatch(/^\0{4096}$/);
});

test("names of cmdlets and parameters are taken in any case", async () => {
  const tenant = await openTenant();
  const { status } = await invoke(tenant, "new-mailcontact", {
    name: "anna",
    externalEmailAddress: "anna@fabrikam.com",
    DISPLAYNAME: "Anna",
  });
  expect(status).toBe(200);
  expect(await rowsOf(tenant, "Get-MailContact", { identity: "anna" })).toMatchObject([
    { DisplayName: "Anna" },
  ]);
});

test.for([
  ["an unknown parameter", "Set-Contact", { Bogus: 1 }, "specified. Bogus"],
  ["a property of users", "Set-Contact", { CompanyName: "x" }, "specified. CompanyName"],
  [
    "a parameter of on-premises",
    "Set-MailContact",
    { PrimarySmtpAddress: "a@b.c" },
    "specified. PrimarySmtpAddress",
  ],
  ["a parameter of the other cmdlet", "Set-MailContact", { Title: "x" }, "specified. Title"],
  ["the other way round", "Set-Contact", { CustomAttribute1: "x" }, "specified. CustomAttribute1"],
  ["a parameter twice", "Set-Contact", { Title: "x", title: "y" }, "specified. title"],
] as const)("%s does not fit any parameter set", async ([, cmdlet, parameters, says]) => {
  const tenant = await openTenant();
  const before = snapshot(tenant);
  const answer = await invoke(tenant, cmdlet, { Identity: "Lena Supplier", ...parameters });
  expect(answer).toMatchObject({ status: 400, body: { error: { message: "Invalid Operation" } } });
  expect(answer.body.error.details[0].message).toMatch(/^\|Microsoft\.Exchange\.AdminApi\./);
  expect(exceptionOf(answer)).toEqual([
    "AmbiguousParameterSetException",
    expect.stringContaining(`Invalid cmdlet parameters ${says}`),
  ]);
  expect(answer.body.error.innererror.internalexception.message).toContain(says);
  expect(snapshot(tenant)).toBe(before);
});

test.for([
  ["New-MailContact", { Name: "anna" }, "ExternalEmailAddress"],
  ["New-MailContact", { ExternalEmailAddress: "a@b.example" }, "Name"],
  ["New-MailContact", { Name: "", ExternalEmailAddress: null }, "Name, ExternalEmailAddress"],
  ["Set-MailContact", { DisplayName: "x" }, "Identity"],
  ["Set-Contact", { Identity: null }, "Identity"],
  ["Remove-MailContact", { Identity: "" }, "Identity"],
] as const)("%s needs all that it needs", async ([cmdlet, parameters, missing]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, cmdlet, parameters);
  expect(exceptionOf(answer)).toEqual([
    "AmbiguousParameterSetException",
    expect.stringMatching(`: ${missing}$`),
  ]);
});

test.for([
  ["a number for a text", "Set-Contact", { Title: 5 }],
  ["a list for a text", "Set-Contact", { Phone: ["1"] }],
  ["a text for a yes or no", "Set-MailContact", { HiddenFromAddressListsEnabled: "True" }],
  ["nothing for a yes or no", "Set-MailContact", { HiddenFromAddressListsEnabled: null }],
  ["an empty list", "Set-Contact", { OtherTelephone: [] }],
  ["a list of numbers", "Set-Contact", { OtherTelephone: [1] }],
  ["an object of another type", "Set-Contact", { OtherTelephone: { "@odata.type": "#x", Add: ["1"] } }],
  [
    "a table with other keys",
    "Set-Contact",
    { OtherTelephone: { "@odata.type": "#Exchange.GenericHashTable", Set: ["1"] } },
  ],
  ["a text for a switch", "Set-Contact", { Confirm: "false" }],
] as const)("%s cannot be converted", async ([, cmdlet, parameters]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, cmdlet, { Identity: "Lena Supplier", ...parameters });
  expect(answer.status).toBe(400);
  expect(answer.body.error).not.toHaveProperty("details");
  expect(exceptionOf(answer)).toEqual([
    "ParameterTransformationException",
    expect.stringContaining(`on parameter '${Object.keys(parameters)[0]}'`),
  ]);
});

test("what Exchange has and the sandbox has not is refused as such", async () => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, "Set-MailContact", { Identity: "lena", ModerationEnabled: true });
  expect(answer).toMatchObject({ status: 501, body: { error: { code: "NotImplemented" } } });
});

const long = (length: number): string => "x".repeat(length);

test.for([
  ["New-MailContact", { ...anna, Name: long(65) }, "Property = Name"],
  ["New-MailContact", { ...anna, Alias: long(65) }, "Property = Alias"],
  ["New-MailContact", { ...anna, DisplayName: long(257) }, "Property = DisplayName"],
  ["New-MailContact", { ...anna, FirstName: long(65) }, "Property = FirstName"],
  ["New-MailContact", { ...anna, LastName: long(65) }, "Property = LastName"],
  ["New-MailContact", { ...anna, Initials: long(7) }, "Property = Initials"],
  ["New-MailContact", { ...anna, Alias: "a b" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: "ż" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: ".a" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: "a@b" }, "Property = Alias"],
  ["Set-MailContact", { CustomAttribute15: long(1025) }, "Property = CustomAttribute15"],
  ["Set-MailContact", { Name: long(65) }, "Property = Name"],
  ["Set-MailContact", { Alias: "a b" }, "Property = Alias"],
  ["Set-MailContact", { DisplayName: null }, "can't be empty"],
  ["Set-MailContact", { Alias: "" }, "can't be empty"],
  ["Set-Contact", { Name: null }, "can't be empty"],
  ["Set-Contact", { Title: long(129) }, "maximum length is 128 and the length of the value provided is 129"],
  ["Set-Contact", { Phone: long(65) }, "Property = Phone"],
  ["Set-Contact", { PostalCode: long(41) }, "Property = PostalCode"],
] as const)("%s refuses %j", async ([cmdlet, parameters, says]) => {
  const tenant = await openTenant();
  const before = snapshot(tenant);
  const given = cmdlet === "New-MailContact" ? parameters : { Identity: "Lena Supplier", ...parameters };
  const answer = await invoke(tenant, cmdlet, given);
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)).toEqual(["DataValidationException", expect.stringContaining(says)]);
  expect(snapshot(tenant)).toBe(before);
});

test("texts of exactly the allowed length are kept", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, long(64), { Alias: long(64), DisplayName: long(256) });
  const set = await invoke(tenant, "Set-MailContact", { Identity: guid, CustomAttribute15: long(1024) });
  expect(set.status).toBe(200);
});

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
