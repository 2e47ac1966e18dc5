import { expect, test } from "vitest";
import { openTenant } from "./world.ts";
import type { Tenant } from "./world.ts";

const contacts = "/users/bo@contoso.com/contacts";

test("without a token nothing is given", async () => {
  const tenant = await openTenant();
  for (const Authorization of ["", "Basic abc", "Bearer "]) {
    const answer = await tenant.get("/users", { Authorization });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: "InvalidAuthenticationToken" } } });
  }
});

test("other versions of Graph are not there", async () => {
  const tenant = await openTenant();
  expect((await tenant.get("https://graph.sandbox.invalid/beta/users")).status).toBe(400);
  expect((await tenant.get("https://graph.sandbox.invalid")).status).toBe(400);
});

test("links lead to the host that was asked", async () => {
  const tenant = await openTenant();
  const { body } = await tenant.get("https://localhost:8443/v1.0/users?$top=1");
  expect(body["@odata.nextLink"]).toMatch(/^https:\/\/localhost:8443\/v1\.0\/users\?/);
});

test("every answer has a request id of its own, refusals also in the body, and the client's is echoed", async () => {
  const tenant = await openTenant();
  const good = await tenant.get("/users?$top=1", { "client-request-id": "mine" });
  const bad = await tenant.get("/planets", { "client-request-id": "mine" });
  expect(good.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(bad.headers.get("request-id")).not.toBe(good.headers.get("request-id"));
  expect(bad.body.error.innerError["request-id"]).toBe(bad.headers.get("request-id"));
  expect(good.headers.get("client-request-id")).toBe("mine");
  expect(good.headers.get("date")).toBe("Tue, 24 Nov 2026 10:00:00 GMT");
});

test.for([
  ["a guest", "/users/GUEST/contacts", 404, "MailboxNotEnabledForRESTAPI"],
  ["an account for a program", "/users/svc-backup@contoso.com/contacts", 404, "MailboxNotEnabledForRESTAPI"],
  ["nobody", "/users/nobody@contoso.com/contacts", 404, "ErrorInvalidUser"],
  ["nobody's folders", "/users/nobody@contoso.com/contactFolders", 404, "ErrorInvalidUser"],
] as const)("%s has no mailbox", async ([, url, status, code]) => {
  const tenant = await openTenant();
  const guest = [...tenant.state.users.values()].find((user) => user["userType"] === "Guest");
  const answer = await tenant.get(url.replace("GUEST", guest?.id ?? ""));
  expect(answer).toMatchObject({ status, body: { error: { code } } });
});

test.for([
  ["access-denied", 403, 403, "ErrorAccessDenied"],
  ["moving", 503, 503, "ErrorMailboxMoveInProgress"],
  ["full", 200, 507, "ErrorQuotaExceeded"],
] as const)("a mailbox that is %s refuses", async ([problem, reads, writes, code]) => {
  const tenant = await openTenant();
  tenant.sandbox.store.commit([{ put: "mailbox", user: tenant.idOf("bo"), problem, deleted: 0 }]);
  expect((await tenant.get(contacts)).status).toBe(reads);
  const write = await tenant.ask("POST", contacts, { body: { givenName: "Ann" } });
  expect(write).toMatchObject({ status: writes, body: { error: { code } } });
  expect((await tenant.get("/users/ann@contoso.com/contacts")).status).toBe(200);
});

test("more than four requests at a time in one mailbox are throttled, whatever it is called; others go on", async () => {
  const tenant = await openTenant();
  const urls = [
    contacts,
    contacts.toUpperCase().replace("/USERS/", "/users/").replace("/CONTACTS", "/contacts"),
    `/users/${tenant.idOf("bo")}/contactFolders`,
    contacts,
    contacts,
    contacts,
    "/users/ann@contoso.com/contacts",
  ];
  const answers = await Promise.all(urls.map((url) => tenant.get(url)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429, 200]);
  expect(answers[4]?.headers.get("Retry-After")).toBe("1");
  expect(answers[4]?.body.error.code).toBe("ApplicationThrottled");
  expect((await tenant.get(contacts)).status).toBe(200);
});

test("a request that is aborted before it begins does nothing", async () => {
  const tenant = await openTenant();
  const asked = tenant.sandbox.fetch(`https://graph.sandbox.invalid/v1.0${contacts}`, {
    method: "POST",
    headers: { Authorization: "Bearer token", "Content-Type": "application/json" },
    body: '{"givenName":"Ann"}',
    signal: AbortSignal.abort("SIGINT"),
  });
  await expect(asked).rejects.toBe("SIGINT");
  expect(await namesIn(tenant)).toEqual(["Mum"]);
});

async function namesIn(tenant: Tenant): Promise<unknown> {
  const { body } = await tenant.get(`${contacts}?$select=displayName`);
  return body.value.map((item: { displayName: string }) => item.displayName);
}

test("tests can answer instead, or break the connection before or after the work", async () => {
  const faults = new Map<string, Response | "reset-before" | "reset-after">([
    ["Before", "reset-before"],
    ["After", "reset-after"],
  ]);
  const tenant = await openTenant({
    intercept: ({ body, path }) => {
      if (path === "/organization") return new Response("<html>", { status: 503 });
      const [name] = [...faults.keys()].filter((given) => typeof body === "string" && body.includes(given));
      return path === "/$batch" || name === undefined ? undefined : faults.get(name);
    },
  });
  const post = (givenName: string): object => ({ givenName });
  await expect(tenant.ask("POST", contacts, { body: post("Before") })).rejects.toThrow("fetch failed");
  await expect(tenant.ask("POST", contacts, { body: post("After") })).rejects.toThrow("fetch failed");
  expect(await namesIn(tenant)).toEqual(["Mum", "After"]);
  expect((await tenant.get("/organization")).status).toBe(503);
  const requests = ["Before", "After", "Fine"].map((name, at) => ({
    id: String(at),
    method: "POST",
    url: contacts,
    headers: { "Content-Type": "application/json" },
    body: post(name),
  }));
  const { body } = await tenant.ask("POST", "/$batch", { body: { requests } });
  expect(body.responses.map(({ id }: { id: string }) => id)).toEqual(["2"]);
  expect(await namesIn(tenant)).toEqual(["Mum", "After", "After", "Fine"]);
});
