import { mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Connections } from "../../src/cli/wiring/connections.ts";
import { compileSyncs } from "../../src/cli/job/load-job.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { CompiledSync } from "../../src/desired/compile-sync.ts";
import { createExchangeClient, createExchangeReader } from "../../src/http/exchange/exchange-client.ts";
import { createGraphClient, createGraphReader } from "../../src/http/graph/graph-client.ts";
import type { Config } from "../../src/model/config.ts";
import type { Fetch } from "../../src/model/context.ts";
import type { WriteStep } from "../../src/model/journal.ts";
import type { Person } from "../../src/model/person.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Fault, Sandbox } from "../../src/sandbox/sandbox.ts";
import { seededRandom } from "../../src/sandbox/cast/seeded-random.ts";
import type { SeededRandom } from "../../src/sandbox/cast/seeded-random.ts";
import { writeFileSync } from "node:fs";
import { manualClock } from "../fakes/manual-clock.ts";
import type { ManualClock } from "../fakes/manual-clock.ts";
import type { ServiceRequest } from "./faults.ts";

/** A tenant, a config and people, all drawn by a seed. */
export interface FaultWorld {
  readonly folder: string;
  readonly random: SeededRandom;
  readonly clock: ManualClock;
  readonly sandbox: Sandbox;
  config: Config;
  syncs: readonly CompiledSync[];
  /** The config names another folder for personal contacts from now on; null for the default one. */
  readonly nameFolder: (name: string | null) => Promise<void>;
  /** Of the partner company, as its directory has them; edits change the list. */
  partners: readonly Person[];
  /** Asked about each request before it is carried out; a run sets it. */
  intercept: (request: ServiceRequest) => Promise<Fault | undefined> | Fault | undefined;
  /** The tenant as seen through this fetch. */
  readonly connect: (fetch: Fetch) => Connections;
  /** What all runs wrote down: a batch of a killed run may still be at work while the next one begins. */
  readonly steps: WriteStep[];
  /** What a killed run left open is closed with the world: it was a process of its own. */
  readonly leftOpen: (() => Promise<void>)[];
  readonly close: () => Promise<void>;
}

const configText = (folder: string): string => `version: 1
tenants:
  contoso: { sandbox: ./contoso.tenant.json }
sources:
  staff: { kind: users, tenant: contoso, groups: { exclude: [sales@contoso.com] } }
  partners: { kind: csv, path: partners.csv, id: id, columns: { mail: mail, displayName: displayName } }
syncs:
  phones:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff, partners]
    to:
      kind: mailbox-contacts
      tenant: contoso
      mailboxes: { users: [ann@contoso.com, bo@contoso.com] }
      ${folder}
    photos: true
  partners-in-contoso:
    owner: 7b0f0000-0000-4000-8000-0000000000cf
    from: [partners]
    to: { kind: mail-contacts, tenant: contoso, ownedDomains: [northwind.example] }
`;

/** In memory where that is possible: each write of the tenant waits for its disk. */
const scratch = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

export async function createFaultWorld(seed: number): Promise<FaultWorld> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(path.join(scratch, "galops-faults-"));
  const file = path.join(folder, "contoso.tenant.json");
  createSandboxFile(file, { seed: 1 + random.below(50), users: 7 });
  writeFileSync(path.join(folder, "partners.csv"), "id,mail,displayName\n");
  const config = await configIn(folder, random.below(2) === 0 ? "Directory" : null);
  const clock = manualClock();
  const sandbox = await openSandbox(file, {
    clock,
    random: () => random.below(2 ** 31) / 2 ** 31,
    intercept: (request) => world.intercept(request),
  });
  const world: FaultWorld = {
    folder,
    random,
    clock,
    sandbox,
    config,
    syncs: (await compileSyncs(config, config.syncs)).compiled,
    async nameFolder(name) {
      world.config = await configIn(folder, name);
      world.syncs = (await compileSyncs(world.config, world.config.syncs)).compiled;
    },
    partners: [],
    intercept: () => undefined,
    connect: (fetch) => connectionsOver(sandbox.tenantId, fetch, clock, random),
    steps: [],
    leftOpen: [],
    async close() {
      for (const close of world.leftOpen) await close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

async function configIn(folder: string, name: string | null): Promise<Config> {
  writeFileSync(path.join(folder, "galops.yaml"), configText(name === null ? "" : `folder: ${name}`));
  const loaded = await loadConfig(null, { cwd: folder, env: {} }, { secrets: "needed" });
  if (loaded.config === null) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.config;
}

function connectionsOver(
  tenantId: string,
  fetch: Fetch,
  clock: ManualClock,
  seeded: SeededRandom,
): Connections {
  const random = (): number => seeded.below(2 ** 31) / 2 ** 31;
  const token = { token: () => Promise.resolve("t") };
  const graph = { baseUrl: "https://graph.sandbox.invalid", fetch, clock, random, token };
  const exchange = { ...graph, baseUrl: "https://exchange.sandbox.invalid", tenantId };
  const reader = createGraphReader(graph);
  const client = createGraphClient(graph);
  const exchangeReader = createExchangeReader(exchange);
  const exchangeClient = createExchangeClient(exchange);
  const connection = {
    tenantId,
    reader: () => reader,
    client: () => client,
    exchangeReader: () => exchangeReader,
    exchange: () => exchangeClient,
    close: () => Promise.resolve(),
  };
  return new Map([["contoso", connection]]);
}
