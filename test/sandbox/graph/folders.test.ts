import { expect, test } from "vitest";
import { openTenant, query } from "../world.ts";
import type { Answer, Tenant } from "../world.ts";

const mailbox = "/users/ann@contoso.com";
const folders = `${mailbox}/contactFolders`;
const markId = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";

function make(tenant: Tenant, displayName: string, more: object = {}): Promise<Answer> {
  return tenant.ask("POST", folders, { body: { displayName, ...more } });
}

async function names(tenant: Tenant, url = folders): Promise<unknown> {
  return (await tenant.get(url)).body.value.map((item: { displayName: string }) => item.displayName);
}

test("a folder holds its own contacts, which are not in the default one, and has one id", async () => {
  const tenant = await openTenant();
  const { status, body: folder } = await make(tenant, "Directory");
  expect(status).toBe(201);
  const contacts = `${folders}/${folder.id}/contacts`;
  const made = await tenant.ask("POST", contacts, { body: { givenName: "Chandra" } });
  expect(made.body.parentFolderId).toBe(folder.id);
  expect(await names(tenant, `${contacts}?$select=displayName`)).toEqual(["Chandra"]);
  expect(await names(tenant, `${mailbox}/contacts?$select=displayName`)).toEqual(["Mum", "Bo Li"]);
  const prefer = { Prefer: 'IdType="ImmutableId"' };
  expect((await tenant.get(folders, prefer)).body.value[0].id).toBe(folder.id);
  expect((await tenant.get(`${mailbox}/contacts/${made.body.id}`)).status).toBe(200);
});

test("the default folder is in no list, but has an id and a well-known name", async () => {
  const tenant = await openTenant();
  expect(await names(tenant)).toEqual([]);
  const { body } = await tenant.get(`${mailbox}/contacts?$top=1&$select=parentFolderId`);
  const id: string = body.value[0].parentFolderId;
  expect((await tenant.get(`${folders}/${id}`)).body.displayName).toBe("Contacts");
  expect(await names(tenant, `${folders}/contacts/contacts?$select=displayName`)).toEqual(["Mum", "Bo Li"]);
  expect((await tenant.ask("DELETE", `${folders}/${id}`)).body.error.code).toBe(
    "ErrorDeleteDistinguishedFolder",
  );
});

test("no two folders side by side have one name, whatever its case, hidden ones included", async () => {
  const tenant = await openTenant();
  const { body: folder } = await make(tenant, "Directory");
  const taken = await make(tenant, "DIRECTORY");
  expect(taken).toMatchObject({ status: 409, body: { error: { code: "ErrorFolderExists" } } });
  const inside = await tenant.ask("POST", `${folders}/${folder.id}/childFolders`, {
    body: { displayName: "Directory" },
  });
  expect(inside.status).toBe(201);
  expect(await names(tenant, `${folders}/${folder.id}/childFolders`)).toEqual(["Directory"]);
  expect(await names(tenant)).toEqual(["Directory"]);
  const user = tenant.idOf("ann");
  tenant.sandbox.store.commit([
    { put: "folder", user, value: { id: "h", displayName: "Ghost", hidden: true } },
  ]);
  expect(await names(tenant)).toEqual(["Directory"]);
  expect((await make(tenant, "Ghost")).status).toBe(409);
});

test("a folder can be marked, found by its mark or name, and renamed without losing the mark", async () => {
  const tenant = await openTenant();
  const { body: folder } = await make(tenant, "Directory", {
    singleValueExtendedProperties: [{ id: markId, value: "me" }],
  });
  expect(folder).not.toHaveProperty("singleValueExtendedProperties");
  await make(tenant, "Other");
  await tenant.ask("PATCH", `${folders}/${folder.id}`, { body: { displayName: "Colleagues" } });
  const $expand = `singleValueExtendedProperties($filter=id eq '${markId}')`;
  const found = await tenant.get(
    folders +
      query({
        $filter: `singleValueExtendedProperties/Any(ep:ep/id eq '${markId}' and ep/value eq 'ME')`,
        $select: "displayName",
        $expand,
      }),
  );
  expect(found.body.value).toEqual([
    {
      id: folder.id,
      displayName: "Colleagues",
      singleValueExtendedProperties: [{ id: markId, value: "me" }],
    },
  ]);
  expect(await names(tenant, folders + query({ $filter: "displayName eq 'other'" }))).toEqual(["Other"]);
  const taken = await tenant.ask("PATCH", `${folders}/${folder.id}`, { body: { displayName: "Other" } });
  expect(taken.status).toBe(409);
});

test("a folder is deleted with what is in it", async () => {
  const tenant = await openTenant();
  const { body: folder } = await make(tenant, "Directory");
  const { body: child } = await tenant.ask("POST", `${folders}/${folder.id}/childFolders`, {
    body: { displayName: "Inside" },
  });
  await tenant.ask("POST", `${folders}/${child.id}/contacts`, { body: { givenName: "Chandra" } });
  expect((await tenant.ask("DELETE", `${folders}/${folder.id}`)).status).toBe(204);
  for (const id of [folder.id, child.id]) {
    expect((await tenant.get(`${folders}/${id}/contacts`)).body.error.code).toBe("ErrorItemNotFound");
  }
  expect(tenant.state.mailboxes.get(tenant.idOf("ann"))).toMatchObject({ deleted: 1, folders: new Map() });
});

test("folders are deleted with those in them, in whatever order they stand", async () => {
  const tenant = await openTenant();
  const user = tenant.idOf("ann");
  const { body: top } = await make(tenant, "Top");
  const [id = ""] = tenant.state.mailboxes.get(user)?.folders.keys() ?? [];
  tenant.sandbox.store.commit([
    { put: "folder", user, value: { id: "grandchild", displayName: "C", parent: "child" } },
    { put: "folder", user, value: { id: "child", displayName: "B", parent: id } },
  ]);
  await tenant.ask("DELETE", `${folders}/${top.id}`);
  expect(tenant.state.mailboxes.get(user)?.folders.size).toBe(0);
});

test.for([
  ["no name", {}, "ErrorInvalidProperty"],
  ["an empty name", { displayName: " " }, "ErrorInvalidProperty"],
  ["a name that is no text", { displayName: 1 }, "RequestBodyRead"],
  ["an unknown property", { displayName: "A", color: "red" }, "RequestBodyRead"],
] as const)("a folder with %s is refused", async ([, body, code]) => {
  const tenant = await openTenant();
  expect((await tenant.ask("POST", folders, { body })).body.error.code).toBe(code);
});
