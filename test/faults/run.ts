import { applyPlan } from "../../src/apply/apply-plan.ts";
import { explain } from "../../src/cli/output/explain.ts";
import { readersOver } from "../../src/cli/wiring/wire.ts";
import { createPhotos } from "../../src/directory/photos.ts";
import { journalPlace } from "../../src/journal/run-folder.ts";
import { createJournal } from "../../src/journal/write-journal.ts";
import type { ApplyResult } from "../../src/model/apply-result.ts";
import type { Fetch } from "../../src/model/context.ts";
import { isMailContactsSync, isMailboxContactsSync } from "../../src/model/config.ts";
import type { RunJournal, WriteStep } from "../../src/model/journal.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import type { RunHeader } from "../../src/model/run.ts";
import { planSyncs } from "../../src/reconcile/plan-syncs.ts";
import { mailContactsWriter } from "../../src/targets/mail-contacts/writer.ts";
import { mailboxContactsWriter } from "../../src/targets/mailbox-contacts/write/writer.ts";
import { isWrite } from "./faults.ts";
import type { ServiceRequest } from "./faults.ts";
import type { FaultWorld } from "./world.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";

/** What one `galops apply` is given to suffer. */
export interface Suffering {
  /** Called for each request before it is carried out. */
  readonly fault: FaultWorld["intercept"];
  /** The process is killed when it is about to send this request, and never again says a word; null: it lives. */
  readonly killAt: number | null;
  /** How many runs there are at the same time, which know nothing of each other. */
  readonly rivals: number;
}

/** How a run ended: null where it was killed. */
export interface RunReport {
  readonly plan: readonly PlanRecord[];
  readonly result: ApplyResult | null;
  /** Writes that reached the tenant and that the journal did not have yet. */
  readonly unjournaled: readonly string[];
}

export const unharmed: Suffering = { fault: () => undefined, killAt: null, rivals: 1 };

let runs = 0;

/** Plans and makes the plan, as `galops apply` does after its limits were passed. */
export async function runApply(world: FaultWorld, { fault, killAt, rivals }: Suffering): Promise<RunReport> {
  const { steps } = world;
  const unjournaled: string[] = [];
  let requests = 0;
  let isDead = false;
  const { promise: death, resolve: die } = Promise.withResolvers<null>();
  const forever = new Promise<never>(() => {});
  const fetch: Fetch = async (url, init) => {
    if (isDead) return await forever;
    return await world.sandbox.fetch(url, init);
  };
  world.intercept = async (request) => {
    if (killAt !== null && ++requests >= killAt) {
      isDead = true;
      die(null);
      return await forever;
    }
    if (isWrite(request) && !isJournaled(request, steps))
      unjournaled.push(`${request.method} ${request.path}`);
    return await fault(request);
  };
  const plan: PlanRecord[] = [];
  const work = planAndApply(world, fetch, steps, plan);
  const others = Array.from({ length: rivals - 1 }, () => planAndApply(world, fetch, steps, []));
  const [result] = await Promise.race([Promise.all([work, ...others]), death.then(() => [null])]);
  world.intercept = () => undefined;
  return { plan, result: result ?? null, unjournaled };
}

async function planAndApply(
  world: FaultWorld,
  fetch: Fetch,
  steps: WriteStep[],
  plan: PlanRecord[],
): Promise<ApplyResult> {
  const { config, syncs, clock } = world;
  const connections = world.connect(fetch);
  const readers = await readersOver(connections, config, config.syncs);
  const { signal } = new AbortController();
  const partners = {
    async *people() {
      yield* world.partners;
    },
  };
  const records = planSyncs({
    configDigest: config.digest,
    syncs,
    source: (name) => (name === "partners" ? partners : readers.source(name)),
    target: (sync) => readers.target(sync),
    tenant: ({ to }) => to.tenant,
    mailboxes: null,
    sweep: false,
    allowances: [],
    parallelism: 4,
    diagnostics: [],
    explain,
    clock,
    signal,
    onProgress: () => {},
  });
  for await (const record of records) plan.push(record);
  const run = `20261124T080000Z-${(++runs).toString(16).padStart(4, "0")}`;
  const connection = connections.get("contoso");
  if (connection === undefined) throw new Error("There is one tenant.");
  const header: RunHeader = {
    run,
    command: "apply",
    started: "2026-11-24T08:00:00Z",
    configDigest: config.digest,
    version: "0.0.0",
    syncs: config.syncs.map(({ name, owner, to }) => ({
      name,
      kind: to.kind,
      tenant: to.tenant,
      tenantId: connection.tenantId,
      owner,
    })),
    undoes: null,
  };
  const journal = await createJournal(journalPlace(world.folder, null), header, null);
  const photos = createPhotos([connection]);
  const photo = ({ key }: { readonly key: string }, aborted: AbortSignal) => photos(key, aborted);
  const { tenantId } = connection;
  world.leftOpen.push(() => journal.close());
  try {
    return await applyPlan(replayed(plan), {
      run,
      writer(name) {
        const sync = config.syncs.find((one) => one.name === name);
        if (sync !== undefined && isMailContactsSync(sync)) {
          return mailContactsWriter(sync, { exchange: connection.exchange(), tenantId, clock });
        }
        if (sync === undefined || !isMailboxContactsSync(sync)) throw new Error(`There is no sync ${name}.`);
        return mailboxContactsWriter(sync, { graph: connection.client(), tenantId, clock, photo });
      },
      journal: watched(journal, steps),
      parallelism: 4,
      explain,
      signal,
      onBug(error) {
        throw error;
      },
      onProgress: () => {},
    });
  } finally {
    await journal.close();
  }
}

async function* replayed(records: readonly PlanRecord[]): AsyncGenerator<PlanRecord> {
  yield* records;
}

/** Remembers what was written down, and only once it is on disk. */
function watched(journal: RunJournal, steps: WriteStep[]): RunJournal {
  return {
    book(sync, book) {
      const inner = journal.book(sync, book);
      return {
        async begin(some) {
          const numbers = await inner.begin(some);
          steps.push(...some);
          return numbers;
        },
        end: (results) => inner.end(results),
      };
    },
  };
}

/** Whether the journal has a step that this request may belong to. */
function isJournaled(request: ServiceRequest, steps: readonly WriteStep[]): boolean {
  if (request.service === "exchange") {
    if (request.cmdlet === "New-MailContact") return steps.some(({ action }) => action === "create");
    const id = textOf(request.parameters["Identity"]).toLowerCase();
    return steps.some((step) => step.action === "create" || idIn(step) === id);
  }
  const { segments, method } = request;
  const at = segments.indexOf("contacts");
  // A folder that is made or named anew.
  if (at === -1) return steps.some(({ action }) => action === "folder");
  if (method === "POST" && at === segments.length - 1) {
    const body = typeof request.body === "string" ? request.body : "";
    return steps.some((step) => step.action === "create" && body.includes(JSON.stringify(step.key)));
  }
  const id = segments[at + 1];
  return steps.some((step) => idIn(step) === id || step.action === "create" || step.action === "photo");
}

function idIn(step: WriteStep): string | null {
  return step.action === "update" || step.action === "adopt" || step.action === "delete"
    ? step.before.id
    : null;
}
