import { expect, test } from "vitest";
import { rowOfFailures } from "../../src/concurrency/circuit.ts";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import type { ApplyResult } from "../../src/model/apply-result.ts";
import type { BookRecord, Outcome, PlanRecord } from "../../src/model/plan.ts";
import type { TargetWriter } from "../../src/model/target.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";

const denied = { code: "ErrorAccessDenied", message: "Access is denied.", requestId: "" };
const tooLarge = { code: "photo-failed", message: "It is larger than 4 MB.", requestId: "" };
const parallelism = 4;

/** Two people are made in each of these mailboxes. */
async function* planOf(syncs: Readonly<Record<string, number>>): AsyncGenerator<PlanRecord> {
  for (const [sync, books] of Object.entries(syncs)) {
    const tenant = sync.split(" ")[0] ?? "";
    yield { type: "sync", name: sync, kind: "mailbox-contacts", tenant, owner: "" };
    for (let at = 0; at < books; at++) yield bookOf(sync, `${sync} ${at}`);
  }
}

function bookOf(sync: string, id: string): BookRecord {
  const changes = ["bo", "chandra"].map((name) => {
    const key = `contoso/${name}`;
    const desired = { key, displayName: name, addresses: [], fields: {}, digest: "" };
    return { action: "create", key, displayName: name, reason: "new", fields: [], withheld: null, desired };
  }) as BookRecord["changes"];
  const book = { id, mailbox: `${id}@contoso.com`, folder: null, person: null };
  return { type: "book", sync, book, unchanged: 0, unmanaged: 0, problem: null, changes };
}

async function applyWith(
  records: AsyncIterable<PlanRecord>,
  write: TargetWriter["write"],
): Promise<ApplyResult> {
  return await applyPlan(records, {
    run: "20261124T080000Z-0001",
    writer: () => ({ write }) as unknown as TargetWriter,
    journal: memoryJournal(),
    parallelism,
    explain: () => null,
    signal: new AbortController().signal,
    onBug: (error) => {
      throw error;
    },
    onProgress: () => {},
  });
}

/** Applies where only some mailboxes take anything. */
async function apply(
  syncs: Readonly<Record<string, number>>,
  isServed: (id: string) => boolean,
): Promise<ApplyResult & { readonly written: readonly string[] }> {
  const written: string[] = [];
  const write: TargetWriter["write"] = async function* ({ id }, changes) {
    written.push(id);
    for (const [at, change] of changes.entries()) {
      const outcome: Outcome = isServed(id)
        ? { change, status: "done", problem: null }
        : { change, status: at === 0 ? "failed" : "skipped", problem: denied, isOfBook: at === 0 };
      yield outcome;
    }
  };
  const result = await applyWith(planOf(syncs), write);
  return { ...result, written };
}

test("where every mailbox refuses, the rest is not tried: told once, and counted", async () => {
  const { summary, failures, written } = await apply({ contoso: 100 }, () => false);
  expect(written.length).toBeLessThan(rowOfFailures + parallelism);
  const last = failures.at(-1);
  expect(failures.filter(({ code }) => code === "mailboxes-not-tried")).toHaveLength(1);
  expect(last?.message).toMatch(/^20 mailboxes in a row failed for the same reason \(ErrorAccessDenied\)/);
  expect(summary.failed).toBe(written.length + 1);
  expect(summary.failed + summary.skipped).toBe(200);
});

test("a few that refuse keep nobody from being tried", async () => {
  const { summary, written } = await apply({ contoso: 100 }, (id) => Number(id.split(" ")[1]) % 4 > 0);
  expect(written).toHaveLength(100);
  expect(summary).toMatchObject({ created: 150, failed: 25, skipped: 25 });
});

test("another tenant goes on, another sync of the same one does not", async () => {
  const syncs = { "contoso phones": 40, "contoso offices": 40, "fabrikam phones": 40 };
  const { summary, failures } = await apply(syncs, (id) => id.startsWith("fabrikam"));
  expect(summary.created).toBe(80);
  expect(failures.filter(({ code }) => code === "mailboxes-not-tried")).toHaveLength(1);
  expect(failures.some(({ sync }) => sync === "contoso offices")).toBe(false);
});

test("one person whom no mailbox takes keeps nobody else from being written", async () => {
  const written: string[] = [];
  const write: TargetWriter["write"] = async function* ({ id }, changes) {
    written.push(id);
    for (const [at, change] of changes.entries()) {
      // In the first mailboxes there is nothing to do but for him.
      if (at === 0) yield { change, status: "failed", problem: tooLarge };
      else if (written.length <= 2 * rowOfFailures) yield { change, status: "skipped", problem: tooLarge };
      else yield { change, status: "done", problem: null };
    }
  };
  const result = await applyWith(planOf({ contoso: 60 }), write);
  expect(written).toHaveLength(60);
  expect(result.summary).toMatchObject({ created: 20, failed: 60 });
});
