import { expect, test } from "vitest";
import { anchor, commandUrl, host, invoke, withContacts } from "./world.ts";
import type { ExchangeAnswer } from "./world.ts";

function namesIn({ body }: ExchangeAnswer): readonly string[] {
  return body.value.map((row: { readonly Name: string }) => row.Name);
}

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
