import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { anchor, anna, commandUrl, exceptionOf, host, invoke, rowsOf, snapshot } from "./world.ts";
import type { Sending } from "./world.ts";

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
