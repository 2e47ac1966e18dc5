import { expect, test } from "vitest";
import { openTenant, pagesOf, query } from "../world.ts";
import type { Answer } from "../world.ts";
import { keyId, make, contacts, ownerId } from "./contact-requests.ts";

const immutable = { Prefer: 'IdType="ImmutableId"' };

function expansion(...ids: readonly string[]): string {
  return `singleValueExtendedProperties($filter=${ids.map((id) => `id eq '${id}'`).join(" or ")})`;
}

test("what is left out is made up or empty, and empty is said in four ways", async () => {
  const tenant = await openTenant();
  const made = await make(tenant, { givenName: "Garth", middleName: "Q", surname: "Fort" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    displayName: "Garth Q Fort",
    fileAs: "Fort, Garth Q",
    initials: "G.Q.F.",
    mobilePhone: null,
    manager: "",
    spouseName: "",
    personalNotes: "",
    businessPhones: [],
    emailAddresses: [],
    categories: [],
    businessAddress: {},
    birthday: null,
    createdDateTime: "2026-11-24T10:00:00Z",
  });
  expect(made.body["@odata.etag"]).toBe(`W/"${made.body.changeKey}"`);
  expect(made.body).not.toHaveProperty("primaryEmailAddress");
});

test("what is written is what is read", async () => {
  const tenant = await openTenant();
  const body = {
    givenName: "",
    displayName: "A/S Contoso",
    fileAs: "Contoso",
    initials: null,
    jobTitle: "Engineer",
    businessPhones: ["1", "2"],
    emailAddresses: [{ name: "Ann", address: "ann@contoso.com" }, { address: "a2@contoso.com" }],
    homeAddress: { city: "Lund", street: null },
    birthday: "1974-07-22",
    personalNotes: "one\ntwo",
    children: ["Ida"],
  };
  const { body: made } = await make(tenant, body);
  const { body: read } = await tenant.get(`${contacts}/${made.id}`);
  expect(read).toMatchObject({
    ...body,
    emailAddresses: [
      { name: "Ann", address: "ann@contoso.com" },
      { name: "a2@contoso.com", address: "a2@contoso.com" },
    ],
    homeAddress: { city: "Lund" },
    birthday: "1974-07-22T00:00:00Z",
    personalNotes: "one\r\ntwo",
  });
  expect(read.homeAddress).not.toHaveProperty("street");
});

test("an address that is none is dropped without a word, its name stays", async () => {
  const tenant = await openTenant();
  const { body } = await make(tenant, {
    givenName: "A",
    emailAddresses: [{ name: "A", address: "a@contoso.com," }],
  });
  expect(body.emailAddresses).toEqual([{ name: "A" }]);
});

test("a change keeps what it leaves out, clears what it empties, and replaces addresses and lists as a whole", async () => {
  const tenant = await openTenant();
  const { body: made } = await make(tenant, {
    givenName: "Ann",
    surname: "Ek",
    displayName: "Ann from work",
    jobTitle: "Engineer",
    mobilePhone: "1",
    businessPhones: ["1", "2"],
    businessAddress: { street: "Gatan 1", city: "Lund" },
    categories: ["Blue"],
  });
  const body = {
    mobilePhone: null,
    businessPhones: ["3"],
    businessAddress: { city: "Malmö" },
    categories: [],
  };
  const { status, body: changed } = await tenant.ask("PATCH", `${contacts}/${made.id}`, { body });
  expect(status).toBe(200);
  expect(changed).toMatchObject({
    ...body,
    jobTitle: "Engineer",
    displayName: "Ann from work",
    createdDateTime: made.createdDateTime,
  });
  expect(changed.businessAddress).toEqual({ city: "Malmö" });
  expect(changed.changeKey).not.toBe(made.changeKey);
  const { body: same } = await tenant.ask("PATCH", `${contacts}/${made.id}`, { body });
  expect(same.changeKey).not.toBe(changed.changeKey);
});

test("a part of a name makes the composed names anew, unless they are written too", async () => {
  const tenant = await openTenant();
  const { body: made } = await make(tenant, {
    givenName: "Ann",
    surname: "Ek",
    displayName: "X",
    fileAs: "Y",
  });
  const patch = async (body: object): Promise<unknown> => {
    const { body: changed } = await tenant.ask("PATCH", `${contacts}/${made.id}`, { body });
    return [changed.displayName, changed.fileAs, changed.initials];
  };
  expect(await patch({ jobTitle: "Boss" })).toEqual(["X", "Y", "A.E."]);
  expect(await patch({ surname: "Li" })).toEqual(["Ann Li", "Li, Ann", "A.E."]);
  expect(await patch({ surname: "Ek", displayName: "Ann!" })).toEqual(["Ann!", "Ek, Ann", "A.E."]);
  expect(await patch({ displayName: "", fileAs: null })).toEqual(["Ann Ek", "Ek, Ann", "A.E."]);
});

test("named properties are given only when they are expanded, and never with the answer to a write", async () => {
  const tenant = await openTenant();
  const mark = (id: string, value: string | null): object => ({
    singleValueExtendedProperties: [{ id, value }],
  });
  const { body: made } = await make(tenant, {
    givenName: "Ann",
    ...mark(
      ownerId
        .toUpperCase()
        .replace("GALOPS.OWNER", "galops.owner")
        .replace("STRING", "String")
        .replace("NAME", "Name"),
      "me",
    ),
  });
  expect(made).not.toHaveProperty("singleValueExtendedProperties");
  const url = `${contacts}/${made.id}`;
  const marksNow = async (): Promise<unknown> => {
    const { body } = await tenant.get(url + query({ $select: "id", $expand: expansion(ownerId, keyId) }));
    return body.singleValueExtendedProperties;
  };
  expect(await marksNow()).toEqual([{ id: ownerId, value: "me" }]);
  const patched = await tenant.ask("PATCH", url, { body: mark(keyId, "k") });
  expect(patched.body).not.toHaveProperty("singleValueExtendedProperties");
  expect(patched.body.displayName).toBe("Ann");
  expect(await marksNow()).toEqual([
    { id: ownerId, value: "me" },
    { id: keyId, value: "k" },
  ]);
  await tenant.ask("PATCH", url, { body: mark(ownerId, null) });
  expect(await marksNow()).toEqual([{ id: keyId, value: "k" }]);
  await tenant.ask("PATCH", url, { body: mark(keyId, null) });
  expect(await marksNow()).toBeUndefined();
  expect((await tenant.get(url)).body).not.toHaveProperty("singleValueExtendedProperties");
});

test("contacts are found by named property, mail address and name; values in any case, names in their own", async () => {
  const tenant = await openTenant();
  const marked = { singleValueExtendedProperties: [{ id: ownerId, value: "Me" }] };
  await make(tenant, { givenName: "Ann", emailAddresses: [{ address: "ann@contoso.com" }], ...marked });
  await make(tenant, { givenName: "Dee", categories: ["Blue"] });
  const namesBy = async ($filter: string): Promise<unknown> => {
    const { status, body } = await tenant.get(contacts + query({ $filter, $select: "givenName" }));
    if (status !== 200) return body.error.code;
    return body.value.map((item: { givenName: string }) => item.givenName);
  };
  const byMark = (id: string, value: string): string =>
    `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${value}')`;
  expect(await namesBy(byMark(ownerId, "ME"))).toEqual(["Ann"]);
  expect(await namesBy(byMark(ownerId, "you"))).toEqual([]);
  expect(await namesBy(byMark(ownerId.replace("galops", "Galops"), "me"))).toEqual([]);
  expect(await namesBy("emailAddresses/any(a:a/address eq 'ANN@contoso.com')")).toEqual(["Ann"]);
  expect(await namesBy("categories/any(c:c eq 'blue')")).toEqual(["Dee"]);
  expect(await namesBy("startswith(displayName,'d')")).toEqual(["Dee"]);
  expect(await namesBy("emailAddresses/any(a:startswith(a/address,'ann'))")).toBe(
    "ErrorInvalidUrlQueryFilter",
  );
  expect(await namesBy("jobTitle eq 'x'")).toBe("ErrorInvalidUrlQueryFilter");
  expect(await namesBy("not(givenName eq 'x')")).toBe("ErrorInvalidUrlQueryFilter");
  expect(await namesBy("shoeSize eq 4")).toBe("RequestBroker--ParseUri");
  expect(await namesBy(byMark("galops", "x"))).toBe("ErrorInvalidProperty");
});

test("a list has 10 contacts a page, or as many as asked for, and keeps the options from page to page", async () => {
  const tenant = await openTenant();
  for (let at = 0; at < 24; at++) await make(tenant, { givenName: `P${at}` });
  const options = query({ $select: "givenName", $expand: expansion(ownerId), $orderby: "createdDateTime" });
  const pages = await pagesOf(tenant, contacts + options);
  expect(pages.map(({ value }) => value.length)).toEqual([10, 10, 5]);
  expect(pages[0]["@odata.nextLink"]).toBe(
    `https://graph.sandbox.invalid/v1.0${contacts}${options}&%24skip=10`,
  );
  expect(Object.keys(pages[2].value[0])).toEqual(["@odata.etag", "id", "givenName"]);
  const names = pages.flatMap(({ value }) => value.map((item: { givenName: string }) => item.givenName));
  expect(new Set(names).size).toBe(25);
  expect((await pagesOf(tenant, `${contacts}?$top=25`)).length).toBe(1);
  expect((await tenant.get(`${contacts}?$top=1001`)).status).toBe(400);
});

test("ids are of the kind that is preferred, either kind is understood, and case matters", async () => {
  const tenant = await openTenant();
  const { body: made, headers } = await make(tenant, { givenName: "Ann" }, immutable);
  expect(headers.get("Preference-Applied")).toBe('IdType="ImmutableId"');
  const regular = (await tenant.get(`${contacts}/${made.id}?$select=id`)).body.id;
  expect(regular).not.toBe(made.id);
  expect((await tenant.get(`${contacts}/${regular}?$select=id`, immutable)).body.id).toBe(made.id);
  expect((await tenant.get(`${contacts}/${made.id.toLowerCase()}`)).status).toBe(400);
  const other = made.id.replace(/A(?=AAA=$)|.(?=AAA=$)/, "9");
  expect((await tenant.get(`${contacts}/${other}`)).body.error.code).toBe("ErrorItemNotFound");
  const elsewhere = `/users/ann@contoso.com/contacts/${made.id}`;
  expect((await tenant.get(elsewhere)).body.error.code).toBe("ErrorItemNotFound");
});

test("what is deleted is gone, and counted in Deleted Items", async () => {
  const tenant = await openTenant();
  const { body: made } = await make(tenant, { givenName: "Ann" });
  const url = `${contacts}/${made.id}`;
  expect(await tenant.ask("DELETE", url)).toMatchObject({ status: 204, body: undefined });
  for (const method of ["GET", "PATCH", "DELETE"]) {
    const answer = await tenant.ask(method, url, method === "PATCH" ? { body: {} } : {});
    expect(answer).toMatchObject({ status: 404, body: { error: { code: "ErrorItemNotFound" } } });
  }
  expect(tenant.state.mailboxes.get(tenant.idOf("bo"))?.deleted).toBe(1);
});

test("a photo is a request of its own, and a write", async () => {
  const tenant = await openTenant();
  const { body: made } = await make(tenant, { givenName: "Ann" });
  const url = `${contacts}/${made.id}/photo`;
  expect((await tenant.get(url)).body.error.code).toBe("ImageNotFound");
  const bytes = Buffer.from(tenant.state.photos.get(tenant.idOf("ann"))?.base64 ?? "", "base64");
  const jpeg = { "Content-Type": "image/jpeg" };
  expect((await tenant.ask("PUT", `${url}/$value`, { body: bytes, headers: jpeg })).status).toBe(200);
  expect((await tenant.get(url)).body).toMatchObject({ width: 240, height: 240 });
  expect((await tenant.get(`${contacts}/${made.id}`)).body.changeKey).not.toBe(made.changeKey);
  const put = (body: string | Uint8Array, headers: Record<string, string>): Promise<Answer> =>
    tenant.ask("PUT", `${url}/$value`, { body, headers });
  expect((await put("no picture", jpeg)).status).toBe(400);
  expect((await put(bytes, { "Content-Type": "image/png" })).status).toBe(400);
  expect((await put(new Uint8Array(4 * 1024 * 1024 + 1), jpeg)).status).toBe(413);
  expect((await tenant.ask("DELETE", `${url}/$value`)).status).toBe(405);
});
