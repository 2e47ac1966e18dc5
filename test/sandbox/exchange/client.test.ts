import { expect, test } from "vitest";
import { createExchangeClient } from "../../../src/http/exchange/exchange-client.ts";
import type { ExchangeClient } from "../../../src/http/exchange/exchange.ts";
import type { SandboxWorld } from "../../../src/sandbox/sandbox.ts";
import type { Entry } from "../../../src/sandbox/tenant/tenant.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { openTenant } from "../world.ts";
import { anna, host } from "./world.ts";

// galops' own client against the sandbox: what one says, the other understands.

const { signal } = new AbortController();

async function connected(
  world: Partial<SandboxWorld> = {},
  contacts: readonly Entry[] = [],
): Promise<{ readonly client: ExchangeClient; readonly clock: ManualClock }> {
  const clock = manualClock();
  const tenant = await openTenant({ clock, ...world });
  tenant.sandbox.store.commit(contacts.map((value) => ({ put: "orgContact", value })));
  const { fetch, tenantId } = tenant.sandbox;
  const token = { token: () => Promise.resolve("sandbox") };
  const client = createExchangeClient({ baseUrl: host, tenantId, fetch, token, clock, random: () => 0.5 });
  return { client, clock };
}

function contactOf(index: number): Entry {
  const id = `6f000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  return { id, displayName: `Person ${index}`, mail: `m${index}@fabrikam.com`, mailNickname: `m${index}` };
}

test.for(["nextLink", "nextLink-broken", "silent-cap-1000"] as const)(
  "a read of many is complete, whatever paging is like: %s",
  async (paging) => {
    const { client } = await connected(
      { exchange: { paging } },
      Array.from({ length: 2500 }, (_, index) => contactOf(index)),
    );
    const rows = await client.read("Get-MailContact", {}, { select: ["Alias"] }, signal);
    expect(new Set(rows.map(({ Guid }) => Guid)).size).toBe(2503);
    expect(rows).toHaveLength(2503);
  },
);

test("a contact is made, changed and removed, and both cmdlets know it by one Guid", async () => {
  const { client } = await connected();
  const [made] = await client.invoke(
    "New-MailContact",
    { Name: "anna", ExternalEmailAddress: "anna@fabrikam.com" },
    signal,
  );
  const Identity = String(made?.["Guid"]);
  await client.invoke("Set-Contact", { Identity, Title: "Engineer", OtherTelephone: ["1"] }, signal);
  await client.invoke("Set-Contact", { Identity, OtherTelephone: [] }, signal);
  await client.invoke("Set-MailContact", { Identity, ExtensionCustomAttribute1: ["a"] }, signal);
  const [contact] = await client.read("Get-Contact", { Identity }, {}, signal);
  const [mail] = await client.read("Get-MailContact", { Identity }, {}, signal);
  expect(contact).toMatchObject({ Title: "Engineer", OtherTelephone: [], Guid: Identity });
  expect(mail).toMatchObject({ ExtensionCustomAttribute1: ["a"], Guid: Identity });
  const same = await client.invoke("Set-Contact", { Identity, Title: "Engineer" }, signal);
  expect(same).toEqual([]);
  await client.invoke("Remove-MailContact", { Identity, Confirm: false }, signal);
  await expect(client.read("Get-Contact", { Identity }, {}, signal)).rejects.toMatchObject({
    kind: "not-found",
  });
});

test.for(["list", "absent", "no-content"] as const)(
  "an answer without objects is understood as %s",
  async (emptyAnswer) => {
    const { client } = await connected({ exchange: { emptyAnswer } });
    const [lena] = await client.read("Get-Contact", { Identity: "Lena Supplier" }, {}, signal);
    const done = await client.invoke("Set-Contact", { Identity: String(lena?.["Guid"]), Title: "x" }, signal);
    expect(done).toEqual([]);
  },
);

test.for([
  ["address-in-use", { ...anna, ExternalEmailAddress: "gil@fabrikam.example" }],
  ["name-in-use", { ...anna, Name: "Lena Supplier" }],
  ["invalid-address", { ...anna, ExternalEmailAddress: "anna@" }],
  ["value-too-long", { ...anna, Name: "x".repeat(65) }],
  ["invalid-value", { ...anna, Alias: "a b" }],
  ["invalid-request", { ...anna, CompanyName: "Fabrikam" }],
  ["address-lingers", { ...anna, ExternalEmailAddress: "gone@fabrikam.com" }],
] as const)("%s is told as such in both forms of errors", async ([kind, parameters]) => {
  for (const errorForm of ["pipe", "json"] as const) {
    const { client } = await connected({ exchange: { errorForm, heldByDeleted: ["gone@fabrikam.com"] } });
    await expect(client.invoke("New-MailContact", parameters, signal)).rejects.toMatchObject({ kind });
  }
});

test.for([
  ["no-app-role", { access: "no-app-role" }],
  ["no-permission", { access: "no-rbac" }],
  ["no-permission", { cmdlets: ["Get-MailContact"] }],
  ["creation-quota", { creationQuota: 0 }],
] as const)("%s is told as such", async ([kind, exchange]) => {
  const { client } = await connected({ exchange });
  await expect(client.invoke("New-MailContact", anna, signal)).rejects.toMatchObject({ kind });
});

test("what is synchronized from elsewhere is told as such", async () => {
  const { client } = await connected({}, [{ ...contactOf(1), onPremisesSyncEnabled: true }]);
  const [synced] = await client.read("Get-Contact", { Identity: "Person 1" }, {}, signal);
  const Identity = String(synced?.["Guid"]);
  await expect(client.invoke("Set-Contact", { Identity, Title: "x" }, signal)).rejects.toMatchObject({
    kind: "directory-synced",
  });
});

test.for([
  { every: 2, retryAfter: 7, form: "json" },
  { every: 2, retryAfter: null, form: "text" },
] as const)("throttling is waited out: %j", async (throttle) => {
  const { client, clock } = await connected({ exchange: { throttle } });
  for (let count = 0; count < 4; count++) {
    expect(await client.read("Get-AcceptedDomain", {}, {}, signal)).toHaveLength(2);
  }
  expect(clock.slept.length).toBeGreaterThan(0);
});

test.each([1, 2, 3])(
  "where %i requests at a time are let through, all of them are in the end",
  async (concurrency) => {
    const { client, clock } = await connected({ exchange: { concurrency } });
    const asked = Array.from({ length: 40 }, () => client.read("Get-AcceptedDomain", {}, {}, signal));
    expect((await Promise.all(asked)).map((rows) => rows.length)).toEqual(asked.map(() => 2));
    const slept = clock.slept.length;
    // Once it is known how many, none is sent in vain.
    await Promise.all(Array.from({ length: 20 }, () => client.read("Get-AcceptedDomain", {}, {}, signal)));
    expect(clock.slept).toHaveLength(slept);
  },
);
