import { expect, test } from "vitest";
import { openTenant } from "../world.ts";
import { invoke, make, rowsOf, set } from "./world.ts";

test("recipients are of all kinds, with what hides them from address lists", async () => {
  const tenant = await openTenant();
  const lena = await make(tenant, "anna");
  const mine = {
    HiddenFromAddressListsEnabled: true,
    CustomAttribute1: "x",
    ExtensionCustomAttribute2: ["y", "z"],
  };
  await set(tenant, "Set-MailContact", lena, mine);
  const rows = await rowsOf(tenant, "Get-Recipient", { ResultSize: "Unlimited" });
  const of = (mail: string): unknown => rows.find((row) => row.PrimarySmtpAddress === mail);
  expect(of("ann@contoso.com")).toMatchObject({
    RecipientType: "UserMailbox",
    RecipientTypeDetails: "UserMailbox",
    ExternalDirectoryObjectId: tenant.idOf("ann"),
    EmailAddresses: ["SMTP:ann@contoso.com", "smtp:ann@contoso.onmicrosoft.com"],
    ExternalEmailAddress: null,
    HiddenFromAddressListsEnabled: false,
    FirstName: "Ann",
    Title: "Managing director",
    Company: "Contoso",
    Office: "Stockholm 4.12",
    City: "Stockholm",
    CountryOrRegion: "Sweden",
    Phone: "+46 8 123 45 01",
    CustomAttribute1: "vip",
  });
  expect(of("hidden@contoso.com")).toMatchObject({ HiddenFromAddressListsEnabled: true });
  expect(of("sales-team@contoso.com")).toMatchObject({ RecipientTypeDetails: "SharedMailbox" });
  expect(of("ines@contoso.com")).toMatchObject({ RecipientTypeDetails: "MailUser" });
  expect(of("gil@fabrikam.example")).toMatchObject({
    RecipientType: "MailUser",
    RecipientTypeDetails: "GuestMailUser",
    ExternalEmailAddress: "SMTP:gil@fabrikam.example",
    HiddenFromAddressListsEnabled: true,
  });
  expect(of("sales@contoso.com")).toMatchObject({ RecipientTypeDetails: "MailUniversalSecurityGroup" });
  expect(of("anna@fabrikam.com")).toMatchObject({
    RecipientTypeDetails: "MailContact",
    ...mine,
  });
  expect(rows.some(({ DisplayName }) => DisplayName === "svc-backup")).toBe(false);
});

test("recipients are chosen by their type", async () => {
  const tenant = await openTenant();
  const details = async (RecipientTypeDetails: unknown): Promise<unknown> =>
    new Set(
      (await rowsOf(tenant, "Get-Recipient", { RecipientTypeDetails })).map(
        (row) => row.RecipientTypeDetails,
      ),
    );
  expect(await details(["guestmailuser", "MailUser"])).toEqual(new Set(["GuestMailUser", "MailUser"]));
  expect(await details("MailContact")).toEqual(new Set(["MailContact"]));
  expect((await invoke(tenant, "Get-Recipient", { RecipientTypeDetails: ["Planet"] })).status).toBe(400);
});

test("what Exchange says of a user stands in the file beside what Graph says", async () => {
  const tenant = await openTenant();
  const bo = tenant.state.users.get(tenant.idOf("bo"));
  if (bo === undefined) throw new Error("There is no Bo.");
  const exchange = { HiddenFromAddressListsEnabled: true };
  tenant.sandbox.store.commit([{ put: "user", value: { ...bo, exchange } }]);
  const [row] = await rowsOf(tenant, "Get-Recipient", { Identity: "BO@contoso.com" });
  expect(row.HiddenFromAddressListsEnabled).toBe(true);
  const { body } = await tenant.get(`/users/${bo.id}?$select=showInAddressList`);
  expect(body.showInAddressList).toBeNull();
});
