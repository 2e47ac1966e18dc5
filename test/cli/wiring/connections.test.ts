import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { closeAll, connect } from "../../../src/cli/wiring/connections.ts";
import type { Connections } from "../../../src/cli/wiring/connections.ts";
import type { Lane } from "../../../src/http/graph/graph.ts";
import type { Config, Tenant } from "../../../src/model/config.ts";
import type { Context } from "../../../src/model/context.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { fakeContext } from "../../fakes/context.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { tenantAt } from "../../fakes/tenant-config.ts";

const signal = new AbortController().signal;
const place = { file: "galops.yaml", line: 1, column: 1 };
const names = ["contoso", "contoso-again"] as const;

interface World {
  readonly connections: Connections;
  /** Lanes in which somebody had to wait for the service. */
  readonly waits: readonly string[];
}

async function connected(
  tenantOf: (name: string) => Tenant,
  given: { readonly fetch?: Context["fetch"] } = {},
): Promise<World> {
  const { context } = fakeContext({ cwd: temporaryFolder(), ...given });
  const tenants = new Map(names.map((name) => [name, tenantOf(name)]));
  // Nothing else of the config is asked for.
  const config = { tenants } as Partial<Config> as Config;
  const waits: string[] = [];
  const onWait = ({ lane }: { readonly lane: string }): void => void waits.push(lane);
  const connections = await connect(config, names, context, { requests: 32, onWait });
  onTestFinished(() => closeAll(connections));
  return { connections, waits };
}

/** Signs in with whatever `az` says, which is found here instead of a real one. */
function withAzureCli(): void {
  const folder = temporaryFolder();
  const answer = JSON.stringify({ accessToken: "token", expires_on: 4_102_444_800 });
  writeFileSync(path.join(folder, "az"), `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(path.join(folder, "az"), 0o755);
  const before = process.env["PATH"];
  process.env["PATH"] = `${folder}:${before}`;
  onTestFinished(() => {
    process.env["PATH"] = before;
  });
}

/** A service that counts how many requests are with it at a time; it takes long enough for all that may come. */
function counting() {
  let inFlight = 0;
  let most = 0;
  const fetch: Context["fetch"] = async () => {
    most = Math.max(most, ++inFlight);
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    inFlight--;
    return Response.json({ value: [] });
  };
  return { fetch, most: () => most };
}

/** Asks with each of them many times at once; before, each has signed in. */
async function askAtOnce<Client>(
  clients: readonly Client[],
  ask: (client: Client) => Promise<unknown>,
): Promise<void> {
  for (const client of clients) await ask(client);
  const asked = clients.flatMap((client) => Array.from({ length: 10 }, () => client));
  await Promise.all(asked.map(ask));
}

function microsoft(name: string): Tenant {
  return { ...tenantAt("https://contoso.example", { method: "azure-cli" }), name };
}

const lane: Lane = "mailbox:ann";

test("a tenant under two names gets four requests at a time in one mailbox, whoever reads or writes", async () => {
  withAzureCli();
  const { fetch, most } = counting();
  const { connections } = await connected(microsoft, { fetch });
  const clients = [...connections.values()].flatMap(({ reader, client }) => [reader(), client()]);
  await askAtOnce(clients, (client) => client.get({ url: "/users/ann/contacts", lane }, signal));
  expect(most()).toBe(4);
});

test.each([
  ["one tenant", microsoft, 4],
  [
    "two tenants",
    (name: string): Tenant => ({ ...microsoft(name), ...(name === "contoso" ? {} : { tenantId: "other" }) }),
    8,
  ],
] as const)(
  "Exchange is asked for four things at a time in each tenant: %s",
  async (_, tenantOf, expected) => {
    withAzureCli();
    const { fetch, most } = counting();
    const { connections } = await connected(tenantOf, { fetch });
    const clients = [...connections.values()].map(({ exchangeReader }) => exchangeReader());
    await askAtOnce(clients, (client) => client.read("Get-AcceptedDomain", {}, {}, signal));
    expect(most()).toBe(expected);
  },
);

test("a sandbox under two names is one: what is written under either is there, and stays", async () => {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 1, users: 3 });
  const sandbox = (name: string): Tenant => ({ kind: "sandbox", name, path: file, shown: null, place });
  const contacts = "/users/ann@contoso.com/contacts";
  const countIn = async (connections: Connections, name: string): Promise<number | undefined> => {
    const graph = connections.get(name)?.reader();
    const page = await graph?.get<{ readonly value: readonly unknown[] }>(
      { url: `${contacts}?$top=50`, lane },
      signal,
    );
    return page?.value.length;
  };
  const { connections, waits } = await connected(sandbox);
  const before = (await countIn(connections, "contoso")) ?? 0;
  const post = { method: "POST", url: contacts, lane, body: { givenName: "Bo" } } as const;
  const clients = [...connections.values()].map(({ client }) => client());
  await askAtOnce(clients, (client) => client.send(post, signal));
  for (const name of names) expect(await countIn(connections, name)).toBe(before + 22);
  expect(waits).toEqual([]);
  await closeAll(connections);
  const again = await connected(sandbox);
  expect(await countIn(again.connections, "contoso")).toBe(before + 22);
});
