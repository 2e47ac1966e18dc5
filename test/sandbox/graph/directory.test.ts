import { expect, test } from "vitest";
import { addMember } from "../../../src/sandbox/admin/edit-directory.ts";
import { transitiveMembers } from "../../../src/sandbox/graph/directory-objects/directory.ts";
import { advanced, openTenant, pagesOf, query } from "../world.ts";
import type { Answer } from "../world.ts";

test("users come in pages of 100, or as many as asked for, each user once", async () => {
  const tenant = await openTenant();
  const pages = await pagesOf(tenant, "/users?$select=id&$top=10");
  expect(pages.map(({ value }) => value.length)).toEqual([10, 10, 5]);
  const ids = pages.flatMap(({ value }) => value.map((user: { id: string }) => user.id));
  expect(new Set(ids)).toEqual(new Set(tenant.state.users.keys()));
  expect(pages[0]["@odata.nextLink"]).toMatch(
    /^https:\/\/graph\.sandbox\.invalid\/v1\.0\/users\?\$select=id&\$top=10&\$skiptoken=/,
  );
});

test("of users nothing is given but the usual properties and what is selected", async () => {
  const tenant = await openTenant();
  const { body: usual } = await tenant.get(`/users/${tenant.idOf("ann")}`);
  expect(Object.keys(usual).toSorted()).toEqual([
    "@odata.context",
    "businessPhones",
    "displayName",
    "givenName",
    "id",
    "jobTitle",
    "mail",
    "mobilePhone",
    "officeLocation",
    "preferredLanguage",
    "surname",
    "userPrincipalName",
  ]);
  const { body } = await tenant.get(
    "/users/BO@contoso.com?$select=faxNumber,otherMails,onPremisesExtensionAttributes,accountEnabled",
  );
  expect(body).toMatchObject({ faxNumber: null, otherMails: [], accountEnabled: true });
  expect(Object.keys(body.onPremisesExtensionAttributes)).toHaveLength(15);
  expect(body).not.toHaveProperty("id");
});

test("a manager is expanded in plain queries, asked for by itself, and refused in advanced ones", async () => {
  const tenant = await openTenant();
  const url = "/users?$select=displayName&$expand=manager($select=id,displayName)&$top=2";
  const { body } = await tenant.get(url);
  expect(body.value).toEqual([
    { displayName: "Ann Ek" },
    {
      displayName: "Bo Li",
      manager: {
        "@odata.type": "#microsoft.graph.user",
        id: tenant.idOf("chandra"),
        displayName: "Chandra Nair",
      },
    },
  ]);
  expect((await tenant.get("/users/bo@contoso.com/manager?$select=displayName")).body).toMatchObject({
    "@odata.type": "#microsoft.graph.user",
    displayName: "Chandra Nair",
  });
  expect((await tenant.get("/users/ann@contoso.com/manager")).status).toBe(404);
  expect((await tenant.get(`${url}&$count=true`, advanced)).status).toBe(400);
});

test("groups are found by id and by filter, and give direct and nested members", async () => {
  const tenant = await openTenant();
  const found = await tenant.get(
    `/groups${query({ $filter: "mail eq 'ALL-STAFF@contoso.com'", $select: "id" })}`,
  );
  const id: string = found.body.value[0].id;
  expect((await tenant.get(`/groups/${id}`)).body).toMatchObject({
    displayName: "All staff",
    groupTypes: [],
  });
  const typesOf = ({ body }: Answer): unknown[] =>
    body.value.map((member: { "@odata.type": string }) => member["@odata.type"].split(".").at(-1));
  const direct = typesOf(await tenant.get(`/groups/${id}/members`));
  expect(direct.filter((type) => type === "group")).toHaveLength(7);
  const nested = typesOf(await tenant.get(`/groups/${id}/transitiveMembers?$top=999`));
  expect(nested.filter((type) => type === "user")).toHaveLength(23);
  expect(nested.filter((type) => type === "group")).toHaveLength(7);
});

test("a cast is an advanced query", async () => {
  const tenant = await openTenant();
  const { body } = await tenant.get(
    `/groups${query({ $filter: "displayName eq 'Partners'", $select: "id" })}`,
  );
  const members = `/groups/${body.value[0].id}/transitiveMembers`;
  const users = `${members}/microsoft.graph.user?$count=true&$select=userType`;
  expect((await tenant.get(users)).body.error.code).toBe("Request_UnsupportedQuery");
  expect((await tenant.get(users.replace("$count=true&", ""), advanced)).status).toBe(400);
  expect((await tenant.get(users, advanced)).body).toMatchObject({
    "@odata.count": 2,
    value: [{ userType: "Guest" }, { userType: "Guest" }],
  });
  const contacts = await tenant.get(
    `${members}/microsoft.graph.orgContact?$count=true&$select=mail`,
    advanced,
  );
  expect(contacts.body.value).toHaveLength(3);
});

test("groups that contain each other end, and give each member once", async () => {
  const tenant = await openTenant();
  addMember(tenant.sandbox.store, "Sales", "All staff");
  const { body } = await tenant.get(`/groups${query({ $filter: "displayName eq 'Sales'", $select: "id" })}`);
  const url = `/groups/${body.value[0].id}/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999`;
  expect((await tenant.get(url, advanced)).body.value).toHaveLength(23);
});

test("organizational contacts are read like users", async () => {
  const tenant = await openTenant();
  const { body } = await tenant.get(
    "/contacts?$select=id,displayName,phones&$expand=manager($select=displayName)",
  );
  expect(body.value).toHaveLength(3);
  expect(body.value[0].phones).toEqual([{ type: "business", number: "+46 8 555 01 00" }]);
  const one = await tenant.get(`/contacts/${body.value[0].id}?$select=displayName,proxyAddresses`);
  expect(one.body).toMatchObject({
    displayName: "Lena Supplier",
    proxyAddresses: ["SMTP:lena@supplier.example"],
  });
  expect((await tenant.get(`/contacts/${body.value[0].id}/manager`)).status).toBe(404);
});

test("a photo is known by a tag and given in all sizes up to its own", async () => {
  const tenant = await openTenant();
  const { body } = await tenant.get("/users/ann@contoso.com/photo");
  expect(body).toMatchObject({
    id: "240X240",
    width: 240,
    height: 240,
    "@odata.mediaContentType": "image/jpeg",
  });
  expect(body["@odata.mediaEtag"]).toMatch(/^"[0-9A-F]{8}"$/);
  for (const url of ["/photo/$value", "/photos/240x240/$value", "/photos/48x48/$value"]) {
    const { status, headers } = await tenant.get(`/users/ann@contoso.com${url}`);
    expect([status, headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  }
  for (const url of ["/users/ann@contoso.com/photos/360x360/$value", "/users/dana@contoso.com/photo"]) {
    expect((await tenant.get(url)).body.error).toMatchObject({ code: "ImageNotFound" });
  }
});

test("the organization says who it is", async () => {
  const tenant = await openTenant();
  expect((await tenant.get("/organization")).body.value).toEqual([
    expect.objectContaining({
      id: tenant.sandbox.tenantId,
      verifiedDomains: [expect.objectContaining({ name: "contoso.onmicrosoft.com", isInitial: true })],
    }),
  ]);
});

test.for([
  ["an unknown path", "/planets", 400, "BadRequest"],
  ["an unknown part of a user", "/users/ann@contoso.com/planets", 400, "BadRequest"],
  ["a part that is not modelled", "/users/ann@contoso.com/memberOf", 501, "NotImplemented"],
  ["an unknown property", "/users?$select=shoeSize", 400, "BadRequest"],
  ["a property of single users only", "/users?$select=id,aboutMe", 501, "NotImplemented"],
  ["an unknown option", "/users?$shape=round", 400, "BadRequest"],
  ["an option without its dollar", "/users?select=id", 400, "BadRequest"],
  ["an option twice", "/users?$top=1&$top=2", 400, "BadRequest"],
  ["a page that is too large", "/users?$top=1000", 400, "Request_BadRequest"],
  ["an empty page", "/users?$top=0", 400, "Request_BadRequest"],
  ["no number", "/users?$top=many", 400, "BadRequest"],
  ["skipping", "/users?$skip=10", 400, "BadRequest"],
  ["a token of somebody else", "/users?$skiptoken=abc", 400, "Directory_ExpiredPageToken"],
  ["an unknown expansion", "/users?$expand=planets", 400, "BadRequest"],
  ["an expansion that is not modelled", "/users?$expand=memberOf", 501, "NotImplemented"],
  ["a broken encoding", "/users?$filter=%E0%A4%A", 400, "BadRequest"],
  ["an unknown user", "/users/nobody@contoso.com", 404, "Request_ResourceNotFound"],
  ["an unknown group", "/groups/0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11", 404, "Request_ResourceNotFound"],
  ["an unknown cast", "/groups/GROUP/members/microsoft.graph.planet", 400, "BadRequest"],
] as const)("%s is refused", async ([, url, status, code]) => {
  const tenant = await openTenant();
  const group = [...tenant.state.groups.keys()][0] ?? "";
  const answer = await tenant.get(url.replace("GROUP", group));
  expect(answer).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(/\w/) } } });
});

test.for(["POST", "PATCH", "DELETE", "PUT"])("applications may not %s users", async (method) => {
  const tenant = await openTenant();
  const answer = await tenant.ask(method, "/users/ann@contoso.com", { body: { jobTitle: "Boss" } });
  expect(answer).toMatchObject({ status: 403, body: { error: { code: "Authorization_RequestDenied" } } });
});

test("a group below another one may have any number of members", async () => {
  const { state } = await openTenant();
  const members = Array.from({ length: 150_000 }, (_, index) => `user-${index}`);
  const groups = new Map([["everybody", { id: "everybody", members }]]);
  const found = transitiveMembers({ ...state, groups }, { id: "all", members: ["everybody"] });
  expect(found.size).toBe(members.length + 1);
});
