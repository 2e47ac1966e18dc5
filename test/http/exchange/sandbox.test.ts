import { expect, test } from "vitest";
import { createExchangeClient, createExchangeReader } from "../../../src/http/exchange/exchange-client.ts";
import type { ExchangeClient, ExchangeReader, Parameters, Row } from "../../../src/http/exchange/exchange.ts";
import type { SandboxWorld } from "../../../src/sandbox/sandbox.ts";
import type { ExchangeSettings } from "../../../src/sandbox/tenant/exchange-settings.ts";
import { exchangeFailure } from "../../fakes/exchange-world.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { openTenant } from "../../sandbox/world.ts";

// The client against the embedded tenant, which is as strict as Exchange is known to be.

type Settings = { -readonly [Name in keyof ExchangeSettings]?: ExchangeSettings[Name] };

interface Both {
  readonly client: ExchangeClient;
  readonly reader: ExchangeReader;
  readonly clock: ManualClock;
  /** Can be changed between requests. */
  readonly settings: Settings;
  /** Requests so far. */
  readonly asked: () => number;
}

const { signal } = new AbortController();

async function both(exchange: Settings = {}, intercept?: SandboxWorld["intercept"]): Promise<Both> {
  const clock = manualClock();
  let asked = 0;
  const { sandbox } = await openTenant({
    clock,
    exchange,
    intercept: (request) => {
      asked++;
      return intercept?.(request);
    },
  });
  const options = {
    baseUrl: "https://exchange.sandbox.invalid",
    tenantId: sandbox.tenantId,
    fetch: sandbox.fetch,
    token: { token: () => Promise.resolve("t") },
    clock,
    random: () => 0.5,
  };
  const client = createExchangeClient(options);
  return { client, reader: createExchangeReader(options), clock, settings: exchange, asked: () => asked };
}

function person(name: string): Parameters {
  return {
    Name: name,
    Alias: name,
    DisplayName: `${name} Meyer`,
    ExternalEmailAddress: `${name}@fabrikam.com`,
  };
}

async function make(client: ExchangeClient, name: string): Promise<string> {
  const rows = await client.invoke("New-MailContact", person(name), signal);
  return String(rows[0]?.["Guid"]);
}

async function guids(reader: ExchangeReader, filter: string): Promise<readonly string[]> {
  const rows = await reader.read("Get-MailContact", { Filter: filter }, { select: ["Alias"] }, signal);
  return rows.map(({ Guid }) => String(Guid)).toSorted();
}

test("a contact is made, filled in, read, changed and removed", async () => {
  const { client, reader } = await both();
  const Identity = await make(client, "anna");
  const of = async (cmdlet: "Get-MailContact" | "Get-Contact"): Promise<Row | undefined> =>
    (await reader.read(cmdlet, { Identity }, {}, signal))[0];

  await client.invoke("Set-Contact", { Identity, Title: "Engineer", OtherTelephone: ["1", "2"] }, signal);
  await client.invoke("Set-MailContact", { Identity, ExtensionCustomAttribute1: ["a", "b"] }, signal);
  expect(await of("Get-Contact")).toMatchObject({
    Guid: Identity,
    Title: "Engineer",
    OtherTelephone: ["1", "2"],
  });
  expect(await of("Get-MailContact")).toMatchObject({ Alias: "anna", ExtensionCustomAttribute1: ["a", "b"] });

  await client.invoke("Set-MailContact", { Identity, ExtensionCustomAttribute1: ["b", "c"] }, signal);
  await client.invoke("Set-Contact", { Identity, Title: null, OtherTelephone: [] }, signal);
  expect(await of("Get-Contact")).toMatchObject({ OtherTelephone: [] });
  expect((await of("Get-Contact"))?.["Title"] ?? "").toBe("");
  expect(await of("Get-MailContact")).toMatchObject({ ExtensionCustomAttribute1: ["b", "c"] });
  expect(Object.keys((await of("Get-MailContact")) ?? {}).filter((name) => name.includes("@"))).toEqual([]);

  const again = await client.invoke("Set-Contact", { Identity, Title: null }, signal);
  expect(again).toEqual([]);
  await client.invoke("Remove-MailContact", { Identity, Confirm: false }, signal);
  expect(await guids(reader, "Alias -eq 'anna'")).toEqual([]);
  const second = client.invoke("Remove-MailContact", { Identity, Confirm: false }, signal);
  expect(await exchangeFailure(second)).toMatchObject({ kind: "not-found", status: 404 });
});

test.each(["list", "absent", "no-content"] as const)(
  "a write that gives nothing back may say so by %s",
  async (emptyAnswer) => {
    const { client } = await both({ emptyAnswer });
    const Identity = await make(client, "anna");
    const set = await client.invoke("Set-Contact", { Identity, Title: "x" }, signal);
    expect(set).toEqual([]);
  },
);

test("1,100 contacts are made at the pace of the budget, and read whole however paging behaves", async () => {
  const { client, reader, clock, settings, asked } = await both();
  const start = clock.now();
  const names = Array.from({ length: 1100 }, (_, index) => `galops-${index}`);
  const made = await Promise.all(names.map((name) => make(client, name)));
  expect(clock.now() - start).toBeLessThanOrEqual(1.2 * client.forecastMs(1100));
  for (const paging of ["nextLink", "nextLink-broken", "silent-cap-1000"] as const) {
    settings.paging = paging;
    const before = asked();
    expect(await guids(reader, "Alias -like 'galops-*'")).toEqual(made.toSorted());
    expect(asked() - before).toBeLessThanOrEqual(paging === "nextLink" ? 2 : 8);
  }
}, 60_000);

test.each(["pipe", "json"] as const)("errors in the form %s are understood", async (errorForm) => {
  const { client } = await both({ errorForm, creationQuota: 2, heldByDeleted: ["gone@fabrikam.com"] });
  const Identity = await make(client, "anna");
  const kindOf = async (
    parameters: Parameters,
    cmdlet: "New-MailContact" | "Set-Contact" = "New-MailContact",
  ) => {
    const { kind, outcome } = await exchangeFailure(client.invoke(cmdlet, parameters, signal));
    return `${kind} ${outcome}`;
  };
  const eva = person("eva");
  expect(await kindOf({ ...eva, ExternalEmailAddress: "anna@fabrikam.com" })).toBe("address-in-use refused");
  expect(await kindOf({ ...eva, Name: "anna" })).toBe("name-in-use refused");
  expect(await kindOf({ ...eva, ExternalEmailAddress: "foo" })).toBe("invalid-address refused");
  expect(await kindOf({ ...eva, Name: "x".repeat(70) })).toBe("value-too-long refused");
  expect(await kindOf({ ...eva, CompanyName: "Fabrikam" })).toBe("invalid-request refused");
  expect(await kindOf({ ...eva, ExternalEmailAddress: "gone@fabrikam.com" })).toBe("address-lingers unknown");
  expect(await kindOf({ Identity, CountryOrRegion: "Polen" }, "Set-Contact")).toBe("invalid-value refused");
  expect(await kindOf({ Identity: Identity.replaceAll(/\w/g, "0"), Title: "x" }, "Set-Contact")).toBe(
    "not-found refused",
  );
  expect(await kindOf(person("bo"))).toBe("name-in-use refused"); // the alias of a colleague
  await make(client, "dora");
  expect(await kindOf(person("cem"))).toBe("creation-quota refused");
});

test("who may not is told what is missing", async () => {
  const { reader, settings } = await both();
  const read = (): Promise<unknown> => reader.read("Get-MailContact", {}, {}, signal);
  settings.access = "no-app-role";
  expect(await exchangeFailure(read())).toMatchObject({ kind: "no-app-role" });
  settings.access = "no-rbac";
  expect(await exchangeFailure(read())).toMatchObject({ kind: "no-permission", status: 403 });
  settings.access = "granted";
  settings.cmdlets = ["Get-Contact"];
  expect(await exchangeFailure(read())).toMatchObject({ kind: "no-permission", status: 403 });
});

test.each(["json", "text"] as const)("throttling said as %s costs time and nothing else", async (form) => {
  const { client, reader } = await both({
    throttle: { every: 5, retryAfter: form === "json" ? 3 : null, form },
  });
  const made = await Promise.all(Array.from({ length: 40 }, (_, index) => make(client, `galops-${index}`)));
  expect(await guids(reader, "Alias -like 'galops-*'")).toEqual(made.toSorted());
});

test("a contact whose making was not answered is found by its alias", async () => {
  const { client, reader } = await both({}, (request) =>
    "cmdlet" in request && request.cmdlet === "New-MailContact" ? "reset-after" : undefined,
  );
  const error = await exchangeFailure(client.invoke("New-MailContact", person("anna"), signal));
  expect(error).toMatchObject({ kind: "unreachable", outcome: "unknown" });
  expect(await guids(reader, "Alias -eq 'anna'")).toHaveLength(1);
});

test("the anchor lets the one who made a contact find it before all others do", async () => {
  const { client } = await both({ replicationLag: { anchored: 0, other: 60_000 } });
  const Identity = await make(client, "anna");
  const set = await client.invoke("Set-Contact", { Identity, Title: "Engineer" }, signal);
  expect(set).toEqual([]);
});
