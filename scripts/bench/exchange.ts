/**
 * What mail contacts cost: how many requests a plan without changes makes, and how long creates take at 1.5 s a cmdlet
 * with the default budgets. The tenant is embedded, and its clock is simulated: it goes on only when everybody waits.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { explain } from "../../src/cli/output/explain.ts";
import { loadJob } from "../../src/cli/job/load-job.ts";
import type { RunOptions } from "../../src/cli/interface/options.ts";
import { readersOver } from "../../src/cli/wiring/wire.ts";
import type { Connection } from "../../src/cli/wiring/connections.ts";
import { createExchangeClient, createExchangeReader } from "../../src/http/exchange/exchange-client.ts";
import { isMailContactsSync } from "../../src/model/config.ts";
import type { SyncConfig } from "../../src/model/config.ts";
import type { BookPlan, PlanRecord } from "../../src/model/plan.ts";
import { planSyncs } from "../../src/reconcile/plan-syncs.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import type { Change } from "../../src/sandbox/tenant/tenant.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { mailContactsWriter } from "../../src/targets/mail-contacts/writer.ts";
import { memoryJournal } from "../../test/fakes/memory-journal.ts";
import { patientClock } from "../../test/fakes/patient-clock.ts";

const [creates, mailContacts] = [1000, 5000];
const cmdletMs = 1500;

export interface ExchangeFigures {
  readonly creates: number;
  /** On the simulated clock. */
  readonly tookSeconds: number;
  readonly forecastSeconds: number;
  /** Mail contacts of the tenant, those included that were made. */
  readonly mailContacts: number;
  /** Of a plan without changes. */
  readonly requests: number;
}

/** @param folder - where the tenant, the config and the people are put */
export async function measureExchange(folder: string): Promise<ExchangeFigures> {
  const clock = patientClock();
  const signal = new AbortController().signal;
  const file = path.join(folder, "exchange.tenant.json");
  createSandboxFile(file, { seed: 3, users: 3 });
  const latency = { "*": cmdletMs };
  const sandbox = await openSandbox(file, { clock, random: Math.random, exchange: { latency } });
  const { tenantId } = sandbox;
  let requests = 0;
  const options = {
    baseUrl: "https://exchange.sandbox.invalid",
    tenantId,
    fetch: (...call: Parameters<typeof sandbox.fetch>) => {
      requests++;
      return sandbox.fetch(...call);
    },
    token: { token: () => Promise.resolve("sandbox") },
    clock,
    random: Math.random,
  };
  const reader = createExchangeReader(options);
  const exchange = createExchangeClient(options);
  const connection: Connection = {
    tenantId,
    reader: noGraph,
    client: noGraph,
    exchangeReader: () => reader,
    exchange: () => exchange,
    close: () => sandbox.close(),
  };
  writeFileSync(path.join(folder, "exchange.yaml"), configText);

  async function plan(people: number): Promise<{ book: BookPlan; forecastSeconds: number }> {
    const rows = Array.from(
      { length: people },
      (_, at) => `${at},Person ${at},p${at}@northwind.example,Engineer`,
    );
    writeFileSync(path.join(folder, "people.csv"), ["no,name,mail,title", ...rows, ""].join("\n"));
    const records: PlanRecord[] = [];
    const { config, syncs } = await job();
    const readers = await readersOver(new Map([["contoso", connection]]), config, config.syncs);
    const input = {
      configDigest: "",
      syncs,
      source: (name: string) => readers.source(name),
      target: (of: SyncConfig) => readers.target(of),
      tenant: (of: SyncConfig) => of.to.tenant,
      mailboxes: null,
      sweep: false,
      allowances: [],
      parallelism: 4,
      diagnostics: [],
      explain,
      suggest: () => null,
      clock,
      signal,
      onProgress: () => {},
    };
    for await (const record of planSyncs(input)) records.push(record);
    const [book, end] = [records.find(({ type }) => type === "book"), records.at(-1)];
    if (book?.type !== "book" || book.problem !== null || end?.type !== "end") {
      throw new Error(`Nothing was planned: ${JSON.stringify(book ?? end)}`);
    }
    return { book, forecastSeconds: end.forecastSeconds ?? 0 };
  }

  async function apply({ book: { book, changes } }: { readonly book: BookPlan }): Promise<void> {
    const [sync] = (await job()).config.syncs;
    if (sync === undefined || !isMailContactsSync(sync)) throw new Error("There is one sync.");
    const writer = mailContactsWriter(sync, { exchange, tenantId, clock });
    for await (const { status } of writer.write(
      book,
      changes,
      memoryJournal().book(sync.name, book),
      signal,
    )) {
      if (status !== "done") throw new Error(`A create ended as ${status}.`);
    }
  }

  const job = (): ReturnType<typeof loadJob> =>
    loadJob({ ...noOptions, config: path.join(folder, "exchange.yaml") }, { cwd: folder, env: {} });

  try {
    const first = await plan(creates);
    const begun = clock.now();
    await apply(first);
    const tookSeconds = (clock.now() - begun) / 1000;
    const { store } = sandbox;
    const others = mailContacts - store.state.orgContacts.size;
    store.commit(Array.from({ length: others }, (_, at) => somebodyElse(at)));
    requests = 0;
    const { changes, unchanged } = (await plan(creates)).book;
    if (changes.length > 0 || unchanged !== creates) throw new Error("The second plan has changes.");
    const { forecastSeconds } = first;
    return { creates, tookSeconds, forecastSeconds, mailContacts, requests };
  } finally {
    await sandbox.close();
  }
}

function noGraph(): never {
  throw new Error("Mail contacts need no Graph.");
}

/** A mail contact in the owned domain that galops did not make. */
function somebodyElse(at: number): Change {
  const mail = `other${at}@northwind.example`;
  const id = `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`;
  const proxyAddresses = [`SMTP:${mail}`];
  const names = { displayName: mail, mail, mailNickname: `other${at}` };
  return { put: "orgContact", value: { id, ...names, proxyAddresses } };
}

const noOptions: RunOptions = {
  sync: [],
  mailbox: [],
  sweep: false,
  allow: [],
  parallelism: 4,
  color: false,
  quiet: true,
  verbose: false,
  format: "json",
};

const configText = `version: 1
tenants:
  contoso: { sandbox: exchange.tenant.json }
sources:
  people: { kind: csv, path: people.csv, id: no, columns: { displayName: name, mail: mail, jobTitle: title } }
syncs:
  northwind:
    owner: 7b0f0000-0000-4000-8000-0000000000cf
    from: [people]
    to: { kind: mail-contacts, tenant: contoso, ownedDomains: [northwind.example] }
`;
