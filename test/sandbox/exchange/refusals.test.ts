import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { anna, exceptionOf, invoke, make, snapshot } from "./world.ts";

test.for([
  ["an unknown parameter", "Set-Contact", { Bogus: 1 }, "specified. Bogus"],
  ["a property of users", "Set-Contact", { CompanyName: "x" }, "specified. CompanyName"],
  [
    "a parameter of on-premises",
    "Set-MailContact",
    { PrimarySmtpAddress: "a@b.c" },
    "specified. PrimarySmtpAddress",
  ],
  ["a parameter of the other cmdlet", "Set-MailContact", { Title: "x" }, "specified. Title"],
  ["the other way round", "Set-Contact", { CustomAttribute1: "x" }, "specified. CustomAttribute1"],
  ["a parameter twice", "Set-Contact", { Title: "x", title: "y" }, "specified. title"],
] as const)("%s does not fit any parameter set", async ([, cmdlet, parameters, says]) => {
  const tenant = await openTenant();
  const before = snapshot(tenant);
  const answer = await invoke(tenant, cmdlet, { Identity: "Lena Supplier", ...parameters });
  expect(answer).toMatchObject({ status: 400, body: { error: { message: "Invalid Operation" } } });
  expect(answer.body.error.details[0].message).toMatch(/^\|Microsoft\.Exchange\.AdminApi\./);
  expect(exceptionOf(answer)).toEqual([
    "AmbiguousParameterSetException",
    expect.stringContaining(`Invalid cmdlet parameters ${says}`),
  ]);
  expect(answer.body.error.innererror.internalexception.message).toContain(says);
  expect(snapshot(tenant)).toBe(before);
});

test.for([
  ["New-MailContact", { Name: "anna" }, "ExternalEmailAddress"],
  ["New-MailContact", { ExternalEmailAddress: "a@b.example" }, "Name"],
  ["New-MailContact", { Name: "", ExternalEmailAddress: null }, "Name, ExternalEmailAddress"],
  ["Set-MailContact", { DisplayName: "x" }, "Identity"],
  ["Set-Contact", { Identity: null }, "Identity"],
  ["Remove-MailContact", { Identity: "" }, "Identity"],
] as const)("%s needs all that it needs", async ([cmdlet, parameters, missing]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, cmdlet, parameters);
  expect(exceptionOf(answer)).toEqual([
    "AmbiguousParameterSetException",
    expect.stringMatching(`: ${missing}$`),
  ]);
});

test.for([
  ["a number for a text", "Set-Contact", { Title: 5 }],
  ["a list for a text", "Set-Contact", { Phone: ["1"] }],
  ["a text for a yes or no", "Set-MailContact", { HiddenFromAddressListsEnabled: "True" }],
  ["nothing for a yes or no", "Set-MailContact", { HiddenFromAddressListsEnabled: null }],
  ["an empty list", "Set-Contact", { OtherTelephone: [] }],
  ["a list of numbers", "Set-Contact", { OtherTelephone: [1] }],
  ["an object of another type", "Set-Contact", { OtherTelephone: { "@odata.type": "#x", Add: ["1"] } }],
  [
    "a table with other keys",
    "Set-Contact",
    { OtherTelephone: { "@odata.type": "#Exchange.GenericHashTable", Set: ["1"] } },
  ],
  ["a text for a switch", "Set-Contact", { Confirm: "false" }],
] as const)("%s cannot be converted", async ([, cmdlet, parameters]) => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, cmdlet, { Identity: "Lena Supplier", ...parameters });
  expect(answer.status).toBe(400);
  expect(answer.body.error).not.toHaveProperty("details");
  expect(exceptionOf(answer)).toEqual([
    "ParameterTransformationException",
    expect.stringContaining(`on parameter '${Object.keys(parameters)[0]}'`),
  ]);
});

test("what Exchange has and the sandbox has not is refused as such", async () => {
  const tenant = await openTenant();
  const answer = await invoke(tenant, "Set-MailContact", { Identity: "lena", ModerationEnabled: true });
  expect(answer).toMatchObject({ status: 501, body: { error: { code: "NotImplemented" } } });
});

const long = (length: number): string => "x".repeat(length);

test.for([
  ["New-MailContact", { ...anna, Name: long(65) }, "Property = Name"],
  ["New-MailContact", { ...anna, Alias: long(65) }, "Property = Alias"],
  ["New-MailContact", { ...anna, DisplayName: long(257) }, "Property = DisplayName"],
  ["New-MailContact", { ...anna, FirstName: long(65) }, "Property = FirstName"],
  ["New-MailContact", { ...anna, LastName: long(65) }, "Property = LastName"],
  ["New-MailContact", { ...anna, Initials: long(7) }, "Property = Initials"],
  ["New-MailContact", { ...anna, Alias: "a b" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: "ż" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: ".a" }, "Property = Alias"],
  ["New-MailContact", { ...anna, Alias: "a@b" }, "Property = Alias"],
  ["Set-MailContact", { CustomAttribute15: long(1025) }, "Property = CustomAttribute15"],
  ["Set-MailContact", { Name: long(65) }, "Property = Name"],
  ["Set-MailContact", { Alias: "a b" }, "Property = Alias"],
  ["Set-MailContact", { DisplayName: null }, "can't be empty"],
  ["Set-MailContact", { Alias: "" }, "can't be empty"],
  ["Set-Contact", { Name: null }, "can't be empty"],
  ["Set-Contact", { Title: long(129) }, "maximum length is 128 and the length of the value provided is 129"],
  ["Set-Contact", { Phone: long(65) }, "Property = Phone"],
  ["Set-Contact", { PostalCode: long(41) }, "Property = PostalCode"],
] as const)("%s refuses %j", async ([cmdlet, parameters, says]) => {
  const tenant = await openTenant();
  const before = snapshot(tenant);
  const given = cmdlet === "New-MailContact" ? parameters : { Identity: "Lena Supplier", ...parameters };
  const answer = await invoke(tenant, cmdlet, given);
  expect(answer.status).toBe(400);
  expect(exceptionOf(answer)).toEqual(["DataValidationException", expect.stringContaining(says)]);
  expect(snapshot(tenant)).toBe(before);
});

test("texts of exactly the allowed length are kept", async () => {
  const tenant = await openTenant();
  const guid = await make(tenant, long(64), { Alias: long(64), DisplayName: long(256) });
  const set = await invoke(tenant, "Set-MailContact", { Identity: guid, CustomAttribute15: long(1024) });
  expect(set.status).toBe(200);
});
