import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import type { Answer, Tenant } from "../world.ts";

interface Part {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is whatever JSON Graph gives
  readonly body: any;
}

const json = { "Content-Type": "application/json" };
const contacts = "/users/bo@contoso.com/contacts";

function batch(tenant: Tenant, requests: readonly object[]): Promise<Answer> {
  return tenant.ask("POST", "/$batch", { body: { requests } });
}

function byId({ body }: Answer): Readonly<Record<string, Part>> {
  return Object.fromEntries(body.responses.map((part: Part) => [part.id, part]));
}

function getting(id: string, url: string): object {
  return { id, method: "GET", url };
}

test("each request has its own answer, in an order of its own", async () => {
  const tenant = await openTenant();
  const answer = await batch(tenant, [
    getting("1", "/users/ann@contoso.com?$select=displayName"),
    getting("2", "users/nobody"),
    getting("3", "/v1.0/users"),
    getting("4", "/$batch"),
    getting("5", "/users/ann@contoso.com/photo/$value"),
    { id: "6", method: "POST", url: contacts, headers: json, body: { givenName: "Ann" } },
  ]);
  expect(answer.status).toBe(200);
  const parts = byId(answer);
  const statuses = Object.fromEntries(Object.values(parts).map(({ id, status }) => [id, status]));
  expect(statuses).toEqual({ 1: 200, 2: 404, 3: 400, 4: 400, 5: 200, 6: 201 });
  expect(parts["1"]?.body.displayName).toBe("Ann Ek");
  expect(parts["1"]?.headers["request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(Buffer.from(parts["5"]?.body, "base64").subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  expect(parts["3"]?.body.error.message).toBe("Resource not found for the segment 'v1.0'.");
});

test("the order of the answers is not that of the requests", async () => {
  const tenant = await openTenant();
  const requests = Array.from({ length: 20 }, (_, at) => getting(String(at), "/users?$top=1"));
  const { body } = await batch(tenant, requests);
  const order = body.responses.map(({ id }: Part) => Number(id));
  expect(order).toHaveLength(20);
  expect(order).not.toEqual(order.toSorted((one: number, other: number) => one - other));
});

test("a batch asks one mailbox four things at a time, two batches are too much", async () => {
  const tenant = await openTenant();
  const requests = Array.from({ length: 20 }, (_, at) => getting(String(at), contacts));
  const one = byId(await batch(tenant, requests));
  expect(new Set(Object.values(one).map(({ status }) => status))).toEqual(new Set([200]));
  const two = await Promise.all([batch(tenant, requests), batch(tenant, requests)]);
  const throttled = two
    .flatMap((answer) => Object.values(byId(answer)))
    .filter(({ status }) => status === 429);
  expect(throttled.length).toBeGreaterThan(0);
  expect(throttled[0]?.headers["Retry-After"]).toBe("1");
});

test("what depends on something waits for it, and fails with it", async () => {
  const tenant = await openTenant();
  const post = (id: string, givenName: unknown, dependsOn: readonly string[] = []): object => ({
    id,
    method: "POST",
    url: contacts,
    headers: json,
    body: { givenName },
    dependsOn,
  });
  const answer = await batch(tenant, [post("a", "One"), post("b", 4, ["A"]), post("c", "Two", ["b"])]);
  const parts = byId(answer);
  expect([parts["a"]?.status, parts["b"]?.status, parts["c"]?.status]).toEqual([201, 400, 424]);
  const { body } = await tenant.get(`${contacts}?$select=displayName`);
  expect(body.value.map((item: { displayName: string }) => item.displayName)).toEqual(["Mum", "One"]);
});

test.for([
  ["more than twenty", Array.from({ length: 21 }, (_, at) => getting(String(at), "/users"))],
  ["none", []],
  ["the same id, whatever its case", [getting("a", "/users"), getting("A", "/users")]],
  ["no id", [{ method: "GET", url: "/users" }]],
  ["a number for an id", [{ id: 1, method: "GET", url: "/users" }]],
  ["something unknown", [{ id: "1", method: "GET", url: "/users", timeout: 3 }]],
  ["something that it does not hold", [{ ...getting("1", "/users"), dependsOn: ["2"] }]],
] as const)("a batch of %s is refused as a whole", async ([, requests]) => {
  const tenant = await openTenant();
  expect(await batch(tenant, requests)).toMatchObject({
    status: 400,
    body: { error: { code: "BadRequest" } },
  });
});

test("a body inside a batch needs its Content-Type, and is base64 where it is no JSON", async () => {
  const tenant = await openTenant();
  const photo = tenant.state.photos.get(tenant.idOf("ann"))?.base64;
  const { body: made } = await tenant.ask("POST", contacts, { body: { givenName: "Ann" } });
  const url = `${contacts}/${made.id}/photo/$value`;
  const answer = await batch(tenant, [
    { id: "1", method: "POST", url: contacts, body: { givenName: "Ann" } },
    { id: "2", method: "PUT", url, headers: { "content-type": "image/jpeg" }, body: photo },
  ]);
  const parts = byId(answer);
  expect([parts["1"]?.status, parts["2"]?.status]).toEqual([400, 200]);
  expect((await tenant.get(`${contacts}/${made.id}/photo`)).body.width).toBe(240);
});
