import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { addUser, deleteContact, editContact, removeUser, setUser } from "../../src/sandbox/edit.ts";
import { contactsOf, mailboxesOf } from "../../src/sandbox/inspect.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { TenantState } from "../../src/sandbox/state.ts";

const clock = { now: () => Date.UTC(2026, 0, 1), sleep: () => Promise.resolve() };
const signal = new AbortController().signal;
const owner = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";
let folder: string;
let file: string;
let tenant: TenantState;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "galops-sandbox-"));
  file = path.join(folder, "practice.tenant.json");
  tenant = createSandboxFile(file, {
    seed: 1,
    users: 25,
    domain: "contoso.com",
    organization: "contoso.onmicrosoft.com",
  });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(): Promise<Sandbox> {
  return openSandbox(file, { clock, random: () => 0.5 });
}

interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer is whatever JSON Graph gives
  readonly body: Readonly<Record<string, any>>;
}

async function ask(
  sandbox: Sandbox,
  method: string,
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await sandbox.fetch(`https://graph.sandbox.invalid/v1.0${url}`, {
    method,
    headers: { authorization: "Bearer x", "content-type": "application/json", ...headers },
    signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

test("equal seeds make equal tenants, and a file that exists is left as it is", () => {
  const other = createSandboxFile(path.join(folder, "other.json"), {
    seed: 1,
    users: 25,
    domain: "contoso.com",
    organization: "contoso.onmicrosoft.com",
  });
  expect(other).toEqual(tenant);
  expect(() => createSandboxFile(file, { seed: 1, users: 1, domain: "x", organization: "x" })).toThrow(
    "exists already",
  );
});

test("without a token nothing is given", async () => {
  const sandbox = await open();
  const response = await sandbox.fetch("https://graph.sandbox.invalid/v1.0/users", {
    method: "GET",
    headers: {},
    signal,
  });
  expect(response.status).toBe(401);
});

test("users come in pages with a token, and only selected properties are given", async () => {
  const sandbox = await open();
  const first = await ask(sandbox, "GET", "/users?$select=id,department&$top=20");
  expect(Object.keys(first.body["value"][0])).toEqual(["id", "department"]);
  const next = new URL(first.body["@odata.nextLink"]);
  expect(next.searchParams.get("$skiptoken")).toBe("20");
  const second = await ask(sandbox, "GET", next.pathname.replace("/v1.0", "") + next.search);
  expect([...first.body["value"], ...second.body["value"]]).toHaveLength(tenant.users.length);
});

test.for([
  ["an unknown property", "/users?$select=shoeSize", 400],
  ["an unknown option", "/users?$shape=round", 400],
  ["a page that is too large", "/users?$top=1000", 400],
  ["a broken filter", "/users?$filter=department%20eq", 400],
  ["an advanced query without its header", "/users?$filter=department%20ne%20'Sales'&$count=true", 400],
  ["an unknown path", "/planets", 400],
  ["an unknown user", "/users/nobody@contoso.com", 404],
  ["a mailbox that is not there", "/users/svc-backup@contoso.com/contacts", 404],
] as const)("%s is refused", async ([, url, status]) => {
  const { status: got, body } = await ask(await open(), "GET", url);
  expect(got).toBe(status);
  expect(body["error"]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
});

test("filters are those of Graph: text in any case, lambdas, counts", async () => {
  const sandbox = await open();
  const advanced = { consistencylevel: "eventual" };
  const count = async (filter: string): Promise<number> =>
    (
      await ask(
        sandbox,
        "GET",
        `/users?$count=true&$select=id&$filter=${encodeURIComponent(filter)}`,
        undefined,
        advanced,
      )
    ).body["value"].length;
  expect(await count("department eq 'SALES' and accountEnabled eq true")).toBe(4);
  expect(await count("proxyAddresses/any(p:p eq 'smtp:ann@contoso.com')")).toBe(1);
  expect(await count("not(assignedLicenses/$count ne 0) and startswith(displayName,'sales')")).toBe(1);
  expect(await count("department in ('Legal','Design')")).toBeGreaterThan(2);
});

test("nested members of a group are found, through a cast only", async () => {
  const sandbox = await open();
  const group = tenant.groups.find(({ displayName }) => displayName === "All staff");
  const members = `/groups/${group?.id ?? ""}/transitiveMembers/microsoft.graph.user?$count=true&$select=id`;
  expect((await ask(sandbox, "GET", members)).status).toBe(400);
  expect(
    (await ask(sandbox, "GET", members, undefined, { consistencylevel: "eventual" })).body["value"],
  ).toHaveLength(25);
});

test("a contact is kept as Exchange keeps it: generated names, empties, marks only when asked for", async () => {
  const sandbox = await open();
  const made = await ask(sandbox, "POST", "/users/bo@contoso.com/contacts", {
    givenName: "Ann",
    surname: "Ek",
    singleValueExtendedProperties: [{ id: owner, value: "me" }],
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    displayName: "Ann Ek",
    fileAs: "Ek, Ann",
    initials: "A.E.",
    businessAddress: {},
    mobilePhone: null,
    manager: "",
    children: [],
  });
  expect(made.body).not.toHaveProperty("singleValueExtendedProperties");
  const filter = encodeURIComponent(
    `singleValueExtendedProperties/Any(ep: ep/id eq '${owner}' and ep/value eq 'ME')`,
  );
  const listed = await ask(
    sandbox,
    "GET",
    `/users/bo@contoso.com/contacts?$select=surname&$filter=${filter}&$expand=singleValueExtendedProperties($filter=id eq '${owner}')`,
  );
  expect(listed.body["value"]).toEqual([
    expect.objectContaining({ surname: "Ek", singleValueExtendedProperties: [{ id: owner, value: "me" }] }),
  ]);
  const changed = await ask(sandbox, "PATCH", `/users/bo@contoso.com/contacts/${made.body["id"]}`, {
    surname: null,
  });
  expect(changed.body).toMatchObject({ surname: null, displayName: "Ann" });
  expect(changed.body["changeKey"]).not.toBe(made.body["changeKey"]);
});

test.for([
  ["an unknown property", { givenName: "A", shoeSize: 4 }, "RequestBodyRead"],
  ["a wrong type", { givenName: 4 }, "RequestBodyRead"],
  ["no given name", { surname: "Ek" }, "ErrorInvalidProperty"],
  ["three business phones", { givenName: "A", businessPhones: ["1", "2", "3"] }, "ErrorInvalidProperty"],
  [
    "four mail addresses",
    { givenName: "A", emailAddresses: [1, 2, 3, 4].map((n) => ({ address: `${n}@x.example` })) },
    "ErrorInvalidProperty",
  ],
  [
    "a malformed mark",
    { givenName: "A", singleValueExtendedProperties: [{ id: "galops", value: "x" }] },
    "ErrorInvalidProperty",
  ],
] as const)("a contact with %s is refused", async ([, body, code]) => {
  const refused = await ask(await open(), "POST", "/users/bo@contoso.com/contacts", body);
  expect(refused).toMatchObject({ status: 400, body: { error: { code } } });
});

test("more than four requests at a time in one mailbox are throttled", async () => {
  const sandbox = await open();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => ask(sandbox, "GET", "/users/bo@contoso.com/contacts")),
  );
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
});

function getting(id: string, url: string): object {
  return { id, method: "GET", url };
}

test("a batch answers every request on its own, at most twenty", async () => {
  const sandbox = await open();
  const { body } = await ask(sandbox, "POST", "/$batch", {
    requests: [
      getting("1", "/users/ann@contoso.com"),
      getting("2", "/users/nobody"),
      getting("3", "/v1.0/users"),
    ],
  });
  const statuses = Object.fromEntries(
    body["responses"].map((part: { id: string; status: number }) => [part.id, part.status]),
  );
  expect(statuses).toEqual({ 1: 200, 2: 404, 3: 400 });
  const many = Array.from({ length: 21 }, (_, index) => getting(String(index), "/users"));
  expect((await ask(sandbox, "POST", "/$batch", { requests: many })).status).toBe(400);
});

test("what was answered is there after the process was killed", async () => {
  const sandbox = await open();
  await ask(sandbox, "POST", "/users/bo@contoso.com/contacts", { givenName: "Survivor" });
  // No close: the file is as it was, the log has the rest.
  expect(readFileSync(file, "utf8")).not.toContain("Survivor");
  const again = await open();
  expect(JSON.stringify((await ask(again, "GET", "/users/bo@contoso.com/contacts")).body)).toContain(
    "Survivor",
  );
  await again.close();
  expect(readFileSync(file, "utf8")).toContain("Survivor");
});

test("people can be added, changed and removed, and contacts edited as a user would", () => {
  let after = addUser(tenant, "nina@contoso.com", "Nina Ny");
  after = setUser(after, "nina@contoso.com", {
    jobTitle: "Engineer",
    businessPhones: "1,2",
    accountEnabled: "false",
  });
  expect(after.users.at(-1)).toMatchObject({
    surname: "Ny",
    jobTitle: "Engineer",
    businessPhones: ["1", "2"],
    accountEnabled: false,
  });
  after = editContact(after, "ann@contoso.com", "Bo Li", { jobTitle: "Boss" });
  expect(contactsOf(after, "ann@contoso.com")).toContainEqual({
    folder: "Contacts",
    displayName: "Bo Li",
    details: "Boss",
    owner: "",
  });
  after = deleteContact(after, "ann@contoso.com", "Bo Li");
  expect(mailboxesOf(after)[0]).toEqual({ mailbox: "ann@contoso.com", contacts: 1, managed: 0 });
  expect(removeUser(after, "ann@contoso.com").users).toHaveLength(tenant.users.length);
  expect(() => removeUser(tenant, "nobody")).toThrow("has no user nobody");
  expect(() => addUser(tenant, "ann@contoso.com", "Ann")).toThrow("already");
});
