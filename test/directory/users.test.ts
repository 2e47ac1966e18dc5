import { expect, test } from "vitest";
import { explainFailure } from "../../src/directory/directory-error.ts";
import { imAddresses, smtpAddresses } from "../../src/directory/person-parts.ts";
import { toPerson, userSelect } from "../../src/directory/users.ts";
import type { GraphUser } from "../../src/directory/users.ts";
import { GraphError } from "../../src/http/graph/graph.ts";
import { AuthError } from "../../src/http/token.ts";
import { entityTypes } from "../../src/sandbox/odata/graph-types.gen.ts";
import { place } from "../sources/world.ts";

const origin = { tenantId: "t1", tenant: "contoso", source: "staff" };
const bare: GraphUser = { id: "u1", accountEnabled: true, assignedLicenses: [] };

test("every property of a user lands in the person", () => {
  const user: GraphUser = {
    ...bare,
    displayName: "Ann Ek",
    givenName: "Ann",
    surname: "Ek",
    mail: "ann@contoso.com",
    mailNickname: "ann",
    userPrincipalName: "ann@contoso.com",
    jobTitle: "Engineer",
    department: "R&D",
    companyName: "Contoso",
    officeLocation: "B2",
    employeeId: "7",
    employeeType: "Employee",
    mobilePhone: "+46 70",
    faxNumber: "+46 8",
    streetAddress: "Gata 1",
    city: "Oslo",
    state: "O",
    postalCode: "0150",
    country: "Norway",
    usageLocation: "NO",
    preferredLanguage: "nb-NO",
    otherMails: ["ann@home.example"],
    proxyAddresses: [
      "smtp:z@contoso.com",
      "SMTP:ann@contoso.com",
      "SIP:ann@sip.example",
      "smtp:a@contoso.com",
    ],
    businessPhones: ["+46 1"],
    imAddresses: [],
    assignedLicenses: [{}],
    showInAddressList: true,
    onPremisesExtensionAttributes: { extensionAttribute5: "x", extensionAttribute6: null },
  };
  expect(toPerson(user, origin)).toMatchObject({
    key: "t1/u1",
    kind: "member",
    street: "Gata 1",
    country: "Norway",
    preferredLanguage: "nb-NO",
    employeeType: "Employee",
    otherMails: ["ann@home.example"],
    proxyAddresses: ["ann@contoso.com", "a@contoso.com", "z@contoso.com"],
    imAddresses: ["ann@sip.example"],
    extensionAttributes: { extensionAttribute5: "x", extensionAttribute6: "" },
    licensed: true,
    hidden: false,
    external: false,
  });
});

test("who is neither shown nor hidden from the address list is not hidden", () => {
  const hidden = [null, true, false].map(
    (showInAddressList) => toPerson({ ...bare, showInAddressList }, origin).hidden,
  );
  expect(hidden).toEqual([false, false, true]);
  expect(toPerson(bare, origin).hidden).toBe(false);
});

test("what is asked for is known to Graph", () => {
  const known = Object.keys(entityTypes.user);
  expect(known).toEqual(expect.arrayContaining(userSelect.split(",")));
});

test("a member without mail has none; a guest without one has the address that was invited", () => {
  const otherMails = ["private@home.example", "second@home.example"];
  expect(toPerson({ ...bare, otherMails }, origin).mail).toBe("");
  expect(toPerson({ ...bare, otherMails, userType: "Guest" }, origin).mail).toBe("private@home.example");
  expect(toPerson({ ...bare, userType: "Guest" }, origin).mail).toBe("");
});

test("a user of whom Graph withheld what decides is no person without account and licence", () => {
  for (const withheld of [{ accountEnabled: null }, { assignedLicenses: null }]) {
    expect(() => toPerson({ ...bare, ...withheld }, origin)).toThrow("User.Read.All");
  }
});

test("of proxy addresses only mail ones are addresses, the primary one first and each once", () => {
  const proxies = ["smtp:b@x", "X500:/o=x", "SMTP:c@x", "smtp:c@x", "smtp:a@x", "SIP:s@x"];
  expect(smtpAddresses(proxies)).toEqual(["c@x", "a@x", "b@x"]);
  expect(smtpAddresses(proxies.toReversed())).toEqual(["c@x", "a@x", "b@x"]);
  expect(smtpAddresses(null)).toEqual([]);
});

test("SIP addresses stand in for IM addresses only where there are none", () => {
  expect(imAddresses(["a@im"], ["sip:s@x"])).toEqual(["a@im"]);
  expect(imAddresses([], ["sip:s@x", "SIP:r@x"])).toEqual(["r@x", "s@x"]);
});

test("a failed sign-in is what it is whatever was being read, and so is what is no failure of Graph", () => {
  const reading = { what: "users", permission: "User.Read.All", place };
  const cause = new AuthError({
    code: "client-secret-expired",
    message: "The secret has expired. Make a new one.",
  });
  const failure = new GraphError({
    method: "GET",
    path: "/users",
    status: 401,
    code: cause.code,
    message: cause.message,
    requestId: "",
    outcome: "refused",
    cause,
  });
  expect(explainFailure(failure, reading)).toBe(cause);
  expect(explainFailure(cause, reading)).toBe(cause);
});
