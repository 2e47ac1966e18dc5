import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { ownerId, make, contacts } from "./contact-requests.ts";

test.for([
  ["an unknown property", { givenName: "A", shoeSize: 4 }, "RequestBodyRead"],
  ["a wrong type", { givenName: 4 }, "RequestBodyRead"],
  ["a text where a list is wanted", { givenName: "A", businessPhones: "1" }, "RequestBodyRead"],
  ["null in a list", { givenName: "A", businessPhones: [null] }, "RequestBodyRead"],
  ["an unknown part of an address", { givenName: "A", homeAddress: { planet: "x" } }, "RequestBodyRead"],
  ["a day that is none", { givenName: "A", birthday: "yesterday" }, "RequestBodyRead"],
  ["no given name", { surname: "Ek" }, "ErrorInvalidProperty"],
  ["a given name that is null", { givenName: null, surname: "Ek" }, "ErrorInvalidProperty"],
  ["three business phones", { givenName: "A", businessPhones: ["1", "2", "3"] }, "ErrorInvalidProperty"],
  ["four mail addresses", { givenName: "A", emailAddresses: [{}, {}, {}, {}] }, "ErrorInvalidProperty"],
  ["a long text", { givenName: "A".repeat(256) }, "ErrorInvalidProperty"],
  ["a control character", { givenName: "A\u0001" }, "ErrorInvalidProperty"],
  ["half a character", { givenName: "A\uD83D" }, "ErrorInvalidProperty"],
  ["an id", { givenName: "A", id: "x" }, "ErrorInvalidProperty"],
  [
    "a malformed property id",
    { givenName: "A", singleValueExtendedProperties: [{ id: "galops", value: "x" }] },
    "ErrorInvalidProperty",
  ],
  [
    "a named property that is a number",
    { givenName: "A", singleValueExtendedProperties: [{ id: ownerId, value: 1 }] },
    "RequestBodyRead",
  ],
] as const)("a contact with %s is refused, and nothing is made", async ([, body, code]) => {
  const tenant = await openTenant();
  const before = tenant.state.mailboxes.get(tenant.idOf("bo"))?.contacts.size;
  expect(await make(tenant, body)).toMatchObject({ status: 400, body: { error: { code } } });
  expect(tenant.state.mailboxes.get(tenant.idOf("bo"))?.contacts.size).toBe(before);
});

test.for([
  ["broken JSON", "POST", "", { body: "{" }, 400],
  ["no object", "POST", "", { body: "[]" }, 400],
  ["a body of another type", "POST", "", { body: "{}", headers: { "Content-Type": "text/plain" } }, 415],
  ["a change of all contacts", "PATCH", "", { body: {} }, 405],
  ["options of a write", "POST", "?$select=id", { body: { givenName: "A" } }, 400],
  ["a malformed id", "GET", "/abc", {}, 400],
  ["an expansion without a filter", "GET", "?$expand=singleValueExtendedProperties", {}, 400],
  ["an expansion of something else", "GET", "?$expand=extensions", {}, 400],
  ["an unknown property", "GET", "?$select=shoeSize", {}, 400],
  ["the changes of a folder", "GET", "/delta", {}, 400],
] as const)("%s is refused", async ([, method, rest, asking, status]) => {
  const tenant = await openTenant();
  expect((await tenant.ask(method, contacts + rest, asking)).status).toBe(status);
});

test("a body needs its Content-Type", async () => {
  const tenant = await openTenant();
  const response = await tenant.sandbox.fetch(`https://graph.sandbox.invalid/v1.0${contacts}`, {
    method: "POST",
    headers: { Authorization: "Bearer token" },
    body: '{"givenName":"A"}',
    signal: new AbortController().signal,
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "RequestBodyRead" } });
});
