import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { mailContactsOf } from "../../../src/sandbox/admin/inspect.ts";
import type { CompanyName } from "../../../src/sandbox/cast/companies/companies.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { textOf } from "../../../src/sandbox/tenant/tenant.ts";
import type { Entry, TenantState } from "../../../src/sandbox/tenant/tenant.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

function made(
  seed: number,
  users?: number,
  company?: CompanyName,
): { readonly state: TenantState; readonly text: string } {
  const file = path.join(temporaryFolder(), "t.json");
  const wanted = {
    ...(users === undefined ? {} : { users }),
    ...(company === undefined ? {} : { company }),
  };
  createSandboxFile(file, { seed, ...wanted });
  // Read again, which checks all of it.
  return { state: openStore(file).state, text: readFileSync(file, "utf8") };
}

function count({ users }: TenantState, fits: (user: Entry) => boolean): number {
  return [...users.values()].filter(fits).length;
}

test("equal seeds create equal tenants, others make others", () => {
  expect(made(1, 60).text).toBe(made(1, 60).text);
  expect(made(2, 60).text).not.toBe(made(1, 60).text);
});

test.for([1, 2, 3, 25, 26, 400])("a tenant of %i users is a tenant", (users) => {
  const { state } = made(7, users);
  expect(state.users.size).toBe(users);
  expect(new Set([...state.users.values()].map((user) => user["userPrincipalName"])).size).toBe(users);
});

test("another company is another tenant with other people", () => {
  const [contoso, fabrikam] = [made(1).state, made(1, undefined, "fabrikam").state];
  expect(fabrikam).toMatchObject({ organization: "fabrikam.onmicrosoft.com", displayName: "Fabrikam" });
  expect(fabrikam.tenantId).not.toBe(contoso.tenantId);
  const idsOf = ({ users, groups, orgContacts }: TenantState): readonly string[] =>
    [users, groups, orgContacts].flatMap((map) => [...map.keys()]);
  expect(new Set([...idsOf(contoso), ...idsOf(fabrikam)]).size).toBe(
    idsOf(contoso).length + idsOf(fabrikam).length,
  );
  const mails = [...fabrikam.users.values()].map((user) => textOf(user["mail"]));
  expect(mails.filter((mail) => mail.endsWith("@contoso.com"))).toEqual(["bo@contoso.com"]);
  expect(mails.filter((mail) => mail.endsWith("@fabrikam.com")).length).toBeGreaterThan(15);
  const names = ({ users }: TenantState): readonly unknown[] =>
    [...users.values()].filter((user) => user["userType"] !== "Guest").map((user) => user["displayName"]);
  expect(names(fabrikam).filter((name) => names(contoso).includes(name))).toEqual(["Jan Kowalski"]);
});

test("the other company has mail contacts of its own: by hand, synchronized, and in the first one's domain", () => {
  const { state } = made(1, undefined, "fabrikam");
  const rows = mailContactsOf(state).map(({ address, synchronized }) => [address, synchronized]);
  expect(rows).toEqual([
    ["ann@contoso.com", false],
    ["dispatch@harborcabs.example", false],
    ["helpdesk@contoso.com", true],
    ["yuki@printers.example", false],
  ]);
});

test("people are of many kinds", () => {
  const { state } = made(1);
  const text = (user: Entry, name: string): string => textOf(user[name]);
  expect(count(state, (user) => /\p{Script=Hebrew}/u.test(text(user, "displayName")))).toBe(1);
  expect(count(state, (user) => /\p{Script=Arabic}/u.test(text(user, "displayName")))).toBe(1);
  expect(count(state, (user) => /\p{Script=Han}/u.test(text(user, "displayName")))).toBe(2);
  expect(count(state, (user) => text(user, "displayName") === "Jan Kowalski")).toBe(2);
  expect(count(state, (user) => user["accountEnabled"] === false)).toBe(3);
  expect(count(state, (user) => user["userType"] === "Guest")).toBe(2);
  expect(count(state, (user) => user["userType"] === undefined)).toBe(1);
  expect(count(state, (user) => text(user, "userPrincipalName").includes("#EXT#"))).toBe(2);
  expect(count(state, (user) => user["mail"] === undefined)).toBe(1);
  expect(count(state, (user) => user["givenName"] === undefined)).toBe(4);
  expect(count(state, (user) => user["showInAddressList"] === false)).toBe(3);
  expect(count(state, (user) => user["assignedLicenses"] === undefined)).toBe(6);
  expect(count(state, (user) => user.manager !== undefined)).toBeGreaterThan(10);
  expect(state.photos.size).toBe(3);
  expect(state.orgContacts.size).toBe(3);
  expect(state.mailboxes.size).toBe(21);
});

test("managers are a chain up to the first user", () => {
  const { state } = made(1, 200);
  const [first] = state.users.keys();
  const chainOf = ({ manager }: Entry): readonly string[] => {
    const chain: string[] = [];
    for (let at = manager; at !== undefined && chain.length < 10; at = state.users.get(at)?.manager)
      chain.push(at);
    return chain;
  };
  const chains = [...state.users.values()].map(chainOf).filter((chain) => chain.length > 0);
  expect(new Set(chains.map(({ length }) => length))).toEqual(new Set([1, 2]));
  expect(new Set(chains.map((chain) => chain.at(-1)))).toEqual(new Set([first]));
});

test("the first user keeps a contact of his own who looks like a colleague", () => {
  const { state } = made(1);
  const [mailbox] = state.mailboxes.values();
  const names = [...(mailbox?.contacts.values() ?? [])].map((contact) => contact["displayName"]);
  expect(names).toEqual(["Mum", "Bo Li"]);
});

test("a file that exists is left as it is, and so is one whose log is still there", () => {
  const file = path.join(temporaryFolder(), "t.json");
  createSandboxFile(file, { seed: 1 });
  const before = readFileSync(file, "utf8");
  expect(() => createSandboxFile(file, { seed: 2 })).toThrow("already exists");
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("domains are those that are wished for", () => {
  const file = path.join(temporaryFolder(), "t.json");
  const wanted = { seed: 1, domain: "fabrikam.com", organization: "fabrikam.onmicrosoft.com" };
  const { users, organization } = createSandboxFile(file, wanted);
  const [ann] = users.values();
  expect(organization).toBe("fabrikam.onmicrosoft.com");
  expect(ann?.["proxyAddresses"]).toEqual(["SMTP:ann@fabrikam.com", "smtp:ann@fabrikam.onmicrosoft.com"]);
});
