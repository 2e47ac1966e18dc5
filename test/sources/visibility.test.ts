import path from "node:path";
import { describe, expect, test } from "vitest";
import { createExchangeReader } from "../../src/http/exchange/exchange-client.ts";
import { createGraphReader } from "../../src/http/graph/graph-client.ts";
import type { OrgContactsSource, UsersSource } from "../../src/model/config.ts";
import { SourceError } from "../../src/model/source.ts";
import type { Source } from "../../src/model/source.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { ExchangeSettings } from "../../src/sandbox/tenant/exchange-settings.ts";
import type { Entry } from "../../src/sandbox/tenant/tenant.ts";
import { orgContactsSource } from "../../src/sources/org-contacts-source.ts";
import { usersSource } from "../../src/sources/users-source.ts";
import { everybody } from "../contract/source.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { rejection } from "../fakes/graph-world.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { orgContactsConfig, usersConfig } from "./world.ts";

interface Office {
  readonly sandbox: Sandbox;
  /** Cmdlets that Exchange was asked to run. */
  readonly asked: readonly string[];
  /** What Exchange answers next. */
  answer(response: Response): void;
  users(config?: Partial<UsersSource>): Source;
  contacts(config?: Partial<OrgContactsSource>): Source;
  /** Hides somebody as an administrator of Exchange does. */
  hide(kind: "user" | "orgContact", mail: string): void;
}

async function office(exchangeSettings: Partial<ExchangeSettings> = {}): Promise<Office> {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, {
    seed: 3,
    users: 6,
    domain: "contoso.com",
    organization: "contoso.onmicrosoft.com",
  });
  const asked: string[] = [];
  const answers: Response[] = [];
  const sandbox = await openSandbox(file, {
    clock: manualClock(),
    random: () => 0.5,
    exchange: exchangeSettings,
    intercept(request) {
      if (request.service !== "exchange") return undefined;
      asked.push(request.cmdlet);
      return answers.shift();
    },
  });
  const { tenantId, fetch } = sandbox;
  const world = {
    fetch,
    token: { token: () => Promise.resolve("t") },
    clock: manualClock(),
    random: () => 0.5,
  };
  const graph = createGraphReader({ ...world, baseUrl: "https://graph.sandbox.invalid" });
  const exchange = createExchangeReader({ ...world, tenantId, baseUrl: "https://exchange.sandbox.invalid" });
  return {
    sandbox,
    asked,
    answer: (response) => void answers.push(response),
    users: (config) =>
      usersSource(usersConfig({ hiddenFrom: "exchange", ...config }), {
        graph,
        exchange: () => exchange,
        tenantId,
        photos: false,
      }),
    contacts: (config) =>
      orgContactsSource(orgContactsConfig({ hiddenFrom: "exchange", ...config }), {
        graph,
        exchange: () => exchange,
        tenantId,
      }),
    hide(kind, mail) {
      const entries: readonly Entry[] = [
        ...(kind === "user" ? sandbox.store.state.users : sandbox.store.state.orgContacts).values(),
      ];
      const entry = entries.find((one) => one["mail"] === mail);
      if (entry === undefined) throw new Error(`Nobody has the address ${mail}.`);
      sandbox.store.commit([
        {
          put: kind,
          value: { ...entry, exchange: { ...entry.exchange, HiddenFromAddressListsEnabled: true } },
        },
      ]);
    },
  };
}

async function mails(source: Source): Promise<readonly string[]> {
  return (await everybody(source)).map(({ mail }) => mail);
}

describe("hiddenFrom: exchange", () => {
  test("hides users as Exchange does, whatever Graph says of them", async () => {
    const { users, hide } = await office();
    const before = await mails(users({ hiddenFrom: "graph", require: ["enabled", "visible", "mail"] }));
    const [first = "", ...others] = before;
    hide("user", first);
    expect(await mails(users({ hiddenFrom: "graph", require: ["enabled", "visible", "mail"] }))).toEqual(
      before,
    );
    expect(await mails(users({ require: ["enabled", "visible", "mail"] }))).toEqual(others);
    const people = await everybody(users({ require: ["mail"] }));
    expect(people.filter(({ hidden }) => hidden).map(({ mail }) => mail)).toContain(first);
  });

  test("hides organizational contacts, of which Graph knows nothing", async () => {
    const { contacts, hide } = await office();
    const [first = "", ...others] = await mails(contacts());
    expect(others.length).toBeGreaterThan(0);
    hide("orgContact", first);
    expect(await mails(contacts({ require: ["mail", "visible"] }))).toEqual(others);
    const hidden = (await everybody(contacts())).filter((person) => person.hidden);
    expect(hidden.map(({ mail }) => mail)).toEqual([first]);
  });

  test("knows by the address who has no id in Entra ID yet", async () => {
    const { users, answer } = await office();
    const [first = "", ...others] = await mails(users());
    answer(
      Response.json({
        value: [{ ExternalDirectoryObjectId: null, PrimarySmtpAddress: first.toUpperCase() }, {}],
      }),
    );
    expect(await mails(users({ require: ["visible", "mail", "enabled"] }))).toEqual(others);
  });

  test("takes one read, and none where Graph is asked", async () => {
    const { users, asked } = await office();
    await everybody(users({ hiddenFrom: "graph" }));
    expect(asked).toEqual([]);
    await everybody(users());
    expect(asked).toEqual(["Get-Recipient"]);
  });

  test("knows who is hidden over several pages", async () => {
    const { users, sandbox } = await office({ pageSize: 2 });
    for (const entry of sandbox.store.state.users.values()) {
      sandbox.store.commit([
        { put: "user", value: { ...entry, exchange: { HiddenFromAddressListsEnabled: true } } },
      ]);
    }
    expect(await everybody(users({ require: ["visible", "mail"] }))).toEqual([]);
  });

  test.each([
    ["no-rbac", "exchange-role-missing"],
    ["no-app-role", "exchange-app-role-missing"],
  ] as const)("gives nobody where Exchange does not tell (%s), and says why", async (access, code) => {
    const { users, contacts } = await office({ access });
    for (const source of [users(), contacts()]) {
      const error = await rejection(everybody(source));
      expect(error).toBeInstanceOf(SourceError);
      expect(error).toMatchObject({ code, place: usersConfig().place });
      expect((error as SourceError).message).toMatch(
        /^galops could not read who is hidden from address lists\. Without that list, hidden people might be shown\./,
      );
    }
  });
});
