import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openStore } from "../../../src/sandbox/store/store.ts";
import type { ExchangeSettings } from "../../../src/sandbox/tenant/exchange-settings.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openTenant, reopen } from "../world.ts";
import type { Tenant } from "../world.ts";
import { anchor, commandUrl, exceptionOf, host, invoke, make, rowsOf } from "./world.ts";

const unlimited = { ResultSize: "Unlimited" };

function with_(exchange: Partial<ExchangeSettings>): Promise<Tenant> {
  return openTenant({ exchange });
}

test("a new contact is seen by who made it before others see it, and taken by all at once", async () => {
  const clock = manualClock();
  const exchange = { replicationLag: { anchored: 500, other: 20_000 } };
  const tenant = await openTenant({ clock, exchange });
  const guid = await make(tenant, "anna");
  const statuses = async (headers: Record<string, string>): Promise<readonly number[]> => [
    (await invoke(tenant, "Get-MailContact", { Identity: guid }, { headers })).status,
    (await invoke(tenant, "Set-Contact", { Identity: guid, Title: "x" }, { headers })).status,
    (await invoke(tenant, "Get-Contact", unlimited, { headers })).body.value.length,
  ];
  const others = [{ "X-AnchorMailbox": "" }, { "X-AnchorMailbox": anchor.replace("bb558c35", "8cc370d3") }];
  for (const headers of [{}, ...others]) expect(await statuses(headers)).toEqual([404, 404, 3]);
  const again = await invoke(tenant, "New-MailContact", {
    Name: "other",
    ExternalEmailAddress: "anna@fabrikam.com",
  });
  expect(again.status).toBe(409);
  clock.advance(500);
  expect(await statuses({})).toEqual([200, 200, 4]);
  for (const headers of others) expect(await statuses(headers)).toEqual([404, 404, 3]);
  clock.advance(19_500);
  for (const headers of others) expect(await statuses(headers)).toEqual([200, 200, 4]);
});

test("links can be broken for good", async () => {
  const tenant = await with_({ paging: "nextLink-broken", pageSize: 2 });
  const first = await invoke(tenant, "Get-MailContact", unlimited);
  expect(first.body.value).toHaveLength(2);
  const url = first.body["@odata.nextLink"];
  const answer = await invoke(tenant, "Get-MailContact", unlimited, { url });
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)[1]).toContain("Expired or Invalid pagination request");
});

test("rows beyond the thousandth can be left out without a word", async () => {
  const exchange: { paging: ExchangeSettings["paging"] } = { paging: "silent-cap-1000" };
  const tenant = await openTenant({ exchange });
  const changes = Array.from({ length: 998 }, (_, index) => {
    const id = `6f000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    return { put: "orgContact", value: { id, displayName: id, mail: `m${index}@fabrikam.com` } } as const;
  });
  tenant.sandbox.store.commit(changes);
  const { body } = await invoke(tenant, "Get-MailContact", unlimited);
  expect(body.value).toHaveLength(1000);
  expect(body).not.toHaveProperty("@odata.nextLink");
  expect(body["@adminapi.warnings"]).toEqual([]);
  // Settings that change are looked at with the next request.
  exchange.paging = "nextLink";
  expect((await invoke(tenant, "Get-MailContact", unlimited)).body).toHaveProperty("@odata.nextLink");
});

test("pages are never larger than the service allows", async () => {
  const tenant = await with_({ pageSize: 2 });
  const headers = { Prefer: "odata.maxpagesize=1000" };
  const { body } = await invoke(tenant, "Get-MailContact", unlimited, { headers });
  expect(body.value).toHaveLength(2);
});

test("errors of cmdlets are told as a text with pipes, or as JSON within JSON", async () => {
  const duplicate = { Name: "anna", ExternalEmailAddress: "lena@supplier.example" };
  const piped = await invoke(await with_({ errorForm: "pipe" }), "New-MailContact", duplicate);
  expect(piped.body.error.details[0].message).toMatch(
    /^Ex[0-9A-F]{6}\|Microsoft\.Exchange\.Data\.Directory\.ProxyAddressExistsException\|The proxy address/,
  );
  const tenant = await with_({ errorForm: "json" });
  const json = await invoke(tenant, "New-MailContact", duplicate);
  expect(json.status).toBe(409);
  expect(JSON.parse(json.body.error.details[0].message)).toEqual({
    Message: expect.stringMatching(/^The proxy address/),
    TypeName: "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException",
    StackTrace: null,
    InnerError: null,
  });
  await make(tenant, "anna");
  const sameName = await invoke(tenant, "New-MailContact", {
    Name: "Anna",
    ExternalEmailAddress: "a@b.example",
  });
  expect(sameName.status).toBe(400);
  expect(exceptionOf(sameName)).toEqual([
    "ADObjectAlreadyExistsException",
    expect.stringMatching(/^The object 'CN=anna,.*' already exists\.$/),
  ]);
});

test("only so many contacts can be made; changing and removing goes on, and the next program can again", async () => {
  const exchange = { creationQuota: 2 };
  const tenant = await openTenant({ exchange });
  await make(tenant, "one");
  await make(tenant, "two");
  const third = { Name: "three", ExternalEmailAddress: "three@fabrikam.com" };
  const refused = await invoke(tenant, "New-MailContact", third);
  expect(refused.status).toBe(400);
  expect(exceptionOf(refused)).toEqual([
    "RecipientUsageExceededRecentQuotaException",
    "You've reached the maximum number of mail users and contacts you can create at this time.",
  ]);
  expect((await invoke(tenant, "Set-Contact", { Identity: "one", Title: "x" })).status).toBe(200);
  expect((await invoke(tenant, "Remove-MailContact", { Identity: "two" })).status).toBe(200);
  expect((await invoke(tenant, "New-MailContact", third)).status).toBe(400);
  await tenant.sandbox.close();
  expect((await invoke(await reopen(tenant.file, { exchange }), "New-MailContact", third)).status).toBe(200);
});

test("an application without role is not authorized; one without roles in Exchange gets nothing to read", async () => {
  const withoutRole = await with_({ access: "no-app-role" });
  const withoutRbac = await with_({ access: "no-rbac" });
  const [one, other] = [await invoke(withoutRole, "Get-Contact"), await invoke(withoutRbac, "Get-Contact")];
  expect([one.status, one.text]).toEqual([401, ""]);
  expect([other.status, other.body]).toEqual([403, undefined]);
  expect(other.text).toMatch(/^\0+$/);
});

test("cmdlets that the roles do not allow are as unknown as others, and the module's file does not list them", async () => {
  const cmdlets = ["Get-MailContact", "Get-Contact"];
  const tenant = await with_({ cmdlets });
  expect((await invoke(tenant, "Get-MailContact")).status).toBe(200);
  expect((await invoke(tenant, "New-MailContact", { Name: "x" })).status).toBe(403);
  expect(await exportedBy(tenant)).toEqual(cmdlets);
  expect(await exportedBy(await openTenant())).toContain("Remove-MailContact");
});

async function exportedBy(tenant: Tenant): Promise<readonly string[]> {
  const url = `${host}/adminapi/v1.0/${tenant.sandbox.tenantId}/EXOModuleFile?Version=3.9.2`;
  const { body } = await invoke(tenant, "", {}, { url, method: "GET", headers: { CommandName: "*" } });
  return body.value
    .flatMap((row: { exportedCmdlets: string }) => row.exportedCmdlets.split(","))
    .toSorted()
    .toReversed();
}

test.for([
  ["no version", "", { CommandName: "*" }, "GET", 400],
  ["no command name", "?Version=3.9.2", {}, "GET", 400],
  ["another method", "?Version=3.9.2", { CommandName: "*" }, "POST", 405],
] as const)("the module's file is not given with %s", async ([, search, headers, method, status]) => {
  const tenant = await openTenant();
  const url = `${host}/adminapi/v1.0/${tenant.sandbox.tenantId}/EXOModuleFile${search}`;
  expect((await invoke(tenant, "", {}, { url, method, headers })).status).toBe(status);
});

test.for([
  [{ every: 3, retryAfter: 5, form: "json" }, "5", "TooManyRequests"],
  [{ every: 3, retryAfter: null, form: "text" }, null, undefined],
] as const)("every third request is one too many: %j", async ([throttle, retryAfter, code]) => {
  const tenant = await with_({ throttle });
  const answers = [];
  for (let count = 0; count < 6; count++) answers.push(await invoke(tenant, "Get-AcceptedDomain"));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200, 200, 429]);
  expect(answers[2]?.headers.get("retry-after")).toBe(retryAfter);
  expect(answers[2]?.body?.error.code).toBe(code);
  expect(answers[2]?.text).toContain("maximum number of concurrent requests per tenant");
});

test("more requests at a time than the tenant takes are refused in plain text", async () => {
  const tenant = await with_({ concurrency: 2 });
  const answers = await Promise.all([1, 2, 3].map(() => invoke(tenant, "Get-AcceptedDomain")));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[2]?.headers.get("content-type")).toBe("text/plain");
  expect((await invoke(tenant, "Get-AcceptedDomain")).status).toBe(200);
});

test("each cmdlet takes its time, and requests wait side by side", async () => {
  const clock = manualClock();
  const tenant = await openTenant({ clock, exchange: { latency: { "New-MailContact": 1500, "*": 600 } } });
  const start = clock.now();
  await Promise.all([make(tenant, "one"), make(tenant, "two"), rowsOf(tenant, "Get-MailContact")]);
  expect(clock.slept.toSorted((one, other) => one - other)).toEqual([600, 1500, 1500]);
  expect(clock.now() - start).toBe(1500);
});

test("a cmdlet that is aborted while it takes its time does nothing", async () => {
  const clock = manualClock();
  const tenant = await openTenant({ clock, exchange: { latency: { "*": 600 } } });
  const aborter = new AbortController();
  const asked = tenant.sandbox.fetch(commandUrl(tenant), {
    method: "POST",
    headers: { Authorization: "Bearer t", "Content-Type": "application/json" },
    body: '{"CmdletInput":{"CmdletName":"Remove-MailContact","Parameters":{"Identity":"lena"}}}',
    signal: aborter.signal,
  });
  aborter.abort("SIGINT");
  await expect(asked).rejects.toBe("SIGINT");
  expect(tenant.state.orgContacts.size).toBe(3);
});

test.for([
  ["list", 200, []],
  ["absent", 200, undefined],
  ["no-content", 204, undefined],
] as const)("cmdlets without objects can answer with %s", async ([emptyAnswer, status, value]) => {
  const tenant = await with_({ emptyAnswer });
  const answer = await invoke(tenant, "Set-Contact", { Identity: "Lena Supplier", Title: "x" });
  expect([answer.status, answer.body?.value]).toEqual([status, value]);
});

test("domains can come back in another case than they were written", async () => {
  const tenant = await with_({ recaseDomains: true });
  const guid = await make(tenant, "anna");
  const [row] = await rowsOf(tenant, "Get-MailContact", { Identity: guid });
  expect(row.ExternalEmailAddress).toBe("SMTP:anna@Fabrikam.com");
  const same = { Identity: guid, ExternalEmailAddress: "anna@fabrikam.com" };
  expect((await invoke(tenant, "Set-MailContact", same)).body["@adminapi.warnings"]).toHaveLength(1);
});

test("an address can be held by somebody deleted whom nobody sees", async () => {
  const tenant = await with_({ heldByDeleted: ["Gone@fabrikam.com"] });
  const answer = await invoke(tenant, "New-MailContact", {
    Name: "x",
    ExternalEmailAddress: "gone@Fabrikam.com",
  });
  expect(answer.status).toBe(500);
  expect(exceptionOf(answer)[1]).toContain("Required field ExternalDirectoryObjectId was not returned");
});

test("accepted domains can be given", async () => {
  const tenant = await with_({ acceptedDomains: ["Contoso.com", "contoso.pl"] });
  const rows = await rowsOf(tenant, "Get-AcceptedDomain");
  expect(rows.map(({ DomainName }) => DomainName)).toEqual(["contoso.com", "contoso.pl"]);
});

test("tests reach requests to Exchange and see which cmdlet they are about", async () => {
  const tenant = await openTenant({
    intercept(request) {
      if (request.service !== "exchange") return undefined;
      if (request.cmdlet === "Get-Contact") return new Response("busy", { status: 503 });
      if (request.cmdlet === "Remove-MailContact") return "reset-before";
      return request.parameters["Name"] === "lost" ? "reset-after" : undefined;
    },
  });
  expect((await invoke(tenant, "Get-Contact")).status).toBe(503);
  await expect(invoke(tenant, "Remove-MailContact", { Identity: "lena" })).rejects.toThrow("fetch failed");
  const lost = invoke(tenant, "New-MailContact", { Name: "lost", ExternalEmailAddress: "lost@fabrikam.com" });
  await expect(lost).rejects.toThrow("fetch failed");
  const names = (await rowsOf(tenant, "Get-MailContact")).map(({ Name }) => Name);
  expect(names).toEqual(["Lena Supplier", "Taxi Stockholm", "Łukasz Żak", "lost"]);
});

const everySwitch: ExchangeSettings = {
  acceptedDomains: ["contoso.com"],
  access: "no-rbac",
  cmdlets: ["Get-Contact"],
  paging: "nextLink-broken",
  pageSize: 2,
  linkLifetime: 3,
  errorForm: "json",
  replicationLag: { anchored: 1, other: 2 },
  creationQuota: 4,
  throttle: { every: 5, retryAfter: null, form: "text" },
  concurrency: 6,
  latency: { "*": 7, "Get-Contact": 8 },
  emptyAnswer: "absent",
  recaseDomains: true,
  heldByDeleted: ["x@y.example"],
};

test("all of it can stand in the file, where it stays; a test's own word counts more", async () => {
  const tenant = await openTenant();
  const written = { ...JSON.parse(readFileSync(tenant.file, "utf8")), exchange: everySwitch };
  writeFileSync(tenant.file, JSON.stringify(written));
  const again = await reopen(tenant.file);
  expect(again.state.exchange).toEqual(everySwitch);
  expect((await invoke(again, "Get-Contact")).status).toBe(403);
  const open = await reopen(tenant.file, { exchange: { access: "granted" } });
  expect((await invoke(open, "Get-Contact")).status).toBe(200);
  open.sandbox.store.commit([{ put: "photo", user: open.idOf("ann"), value: null }]);
  await open.sandbox.close();
  expect(openStore(tenant.file).state.exchange).toEqual(everySwitch);
});
