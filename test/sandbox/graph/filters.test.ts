import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseFilter } from "../../../src/sandbox/odata/parser.ts";
import { FilterSyntaxError } from "../../../src/sandbox/odata/syntax.ts";
import { advanced, openTenant, query } from "../world.ts";

async function mailsOf(filter: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const tenant = await openTenant();
  const $count = headers === advanced ? { $count: "true" } : {};
  const { status, body } = await tenant.get(
    `/users${query({ $filter: filter, $select: "mailNickname", $top: "999", ...$count })}`,
    headers,
  );
  return status === 200
    ? body.value.map((user: { mailNickname: string }) => user.mailNickname)
    : body.error.code;
}

test.for([
  ["mail eq 'ANN@contoso.com'", ["ann"]],
  ["displayName eq 'Ève O''Connor'", ["eve.oconnor"]],
  ["accountEnabled eq false", ["pat", "sales-team", "room-aurora"]],
  ["startswith(displayName,'jan ')", ["jan.kowalski", "jan.kowalski2"]],
  ["department in ('Legal','Design')", ["dana", "misaki.sato", "madonna"]],
  ["startsWith(displayName,'b') or department eq 'Sales' and surname eq 'Nobody'", ["bo"]],
  ["(startsWith(displayName,'b') or department eq 'Legal') and accountEnabled eq true", ["bo", "dana"]],
  ["proxyAddresses/any(p:p eq 'smtp:bo@contoso.onmicrosoft.com')", ["bo"]],
  ["proxyAddresses/any(p:startswith(p,'smtp:mad'))", ["madonna"]],
  ["otherMails/any(x:x eq 'gil@fabrikam.example')", ["gil_fabrikam.example#EXT#"]],
  ["userType eq 'Guest' and startswith(mail,'rosa')", ["rosa_proseware.example#EXT#"]],
  ["assignedLicenses/any(l:l/skuId eq 6fd2c87f-b296-42f0-b197-1e91e994b900) and surname eq 'Ek'", ["ann"]],
] as const)("%s needs no advanced query", async ([filter, expected]) => {
  expect(await mailsOf(filter)).toEqual(expected);
});

test.for([
  ["accountEnabled ne true", ["pat", "sales-team", "room-aurora"]],
  ["not(accountEnabled eq true)", ["pat", "sales-team", "room-aurora"]],
  ["endswith(mail,'.example')", ["gil_fabrikam.example#EXT#", "rosa_proseware.example#EXT#"]],
  ["surname eq null and department ne null", ["madonna", "sales-team"]],
  ["assignedLicenses/$count eq 0 and startswith(displayName,'s')", ["sales-team", "svc-backup"]],
  [
    "onPremisesExtensionAttributes/extensionAttribute1 eq 'VIP' and department eq 'Sales'",
    ["eve.oconnor", "sales-team"],
  ],
  ["companyName eq 'proseware'", ["rosa_proseware.example#EXT#"]],
  ["not startswith(displayName,'a') and department in ('Management')", ["hidden"]],
] as const)("%s needs an advanced query", async ([filter, expected]) => {
  expect(await mailsOf(filter)).toBe("Request_UnsupportedQuery");
  expect(await mailsOf(filter, advanced)).toEqual(expected);
});

test.for([
  "contains(displayName,'a')",
  "showInAddressList eq true",
  "businessPhones eq '1'",
  "shoeSize eq 4",
  "accountEnabled eq 'true'",
  "displayName eq 4",
  "displayName eq",
  "displayName eq 'a' and",
  "displayName",
  "(displayName eq 'a'",
  "displayName eq 'a')",
  "displayName eq 'a",
  "displayName = 'a'",
  "tolower(displayName) eq 'a'",
  "proxyAddresses/all(p:p eq 'a')",
  "proxyAddresses/any(p:q eq 'a')",
  "'a' eq displayName",
  "displayName eq surname",
  "not",
  "",
])("%s is refused in any query", async (filter) => {
  const codes = ["BadRequest", "Request_UnsupportedQuery"];
  expect(codes).toContain(await mailsOf(filter));
  expect(codes).toContain(await mailsOf(filter, advanced));
});

test("results are sorted as asked, with a filter in an advanced query only", async () => {
  const tenant = await openTenant();
  const url = `/users${query({ $orderby: "displayName desc", $select: "displayName", $top: "1" })}`;
  expect((await tenant.get(url)).body.value[0].displayName).toBe("田中 健二 (Kenji)");
  const filtered = `${url}&$filter=${encodeURIComponent("startswith(displayName,'jan')")}`;
  expect((await tenant.get(filtered)).status).toBe(400);
  expect((await tenant.get(`${filtered}&$count=true`, advanced)).body.value[0].displayName).toBe(
    "Jan Kowalski",
  );
  expect((await tenant.get("/users?$orderby=jobTitle")).status).toBe(400);
});

test("a filter nested too deeply is refused, not followed", () => {
  expect(() => parseFilter(`${"(".repeat(10_000)}a eq 1${")".repeat(10_000)}`)).toThrow(FilterSyntaxError);
  expect(() => parseFilter(`${"not ".repeat(10_000)}a`)).toThrow(FilterSyntaxError);
});

test("whatever is written, it is a filter or a syntax error", () => {
  const words = [
    "a",
    "eq",
    "and",
    "or",
    "not",
    "in",
    "(",
    ")",
    ",",
    ":",
    "/",
    "'x'",
    "any",
    "1",
    "null",
    "$count",
  ];
  const sentence = fc.array(fc.constantFrom(...words)).map((chosen) => chosen.join(" "));
  const isFilter = (text: string): boolean => {
    try {
      return typeof parseFilter(text).kind === "string";
    } catch (error) {
      return error instanceof FilterSyntaxError;
    }
  };
  expect(() => fc.assert(fc.property(fc.oneof(fc.string(), sentence), isFilter))).not.toThrow();
});
