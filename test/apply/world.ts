import { applyPlan } from "../../src/apply/apply-plan.ts";
import type { ApplyWorld } from "../../src/apply/apply-plan.ts";
import type { ApplyResult } from "../../src/model/apply-result.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { BookRef } from "../../src/model/book.ts";
import type { BookJournal } from "../../src/model/journal.ts";
import type { Change, Outcome, PlanRecord } from "../../src/model/plan.ts";
import type { TargetWriter } from "../../src/model/target.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";

export const fields: Change["fields"] = [];

export function change(action: Change["action"], id: string, withheld: string | null = null): Change {
  const key = `contoso/${id}`;
  const base = { key, displayName: id, reason: "new", fields, withheld };
  const live = { id, version: "1", marker: null };
  const desired = { key, displayName: id, addresses: [], fields: {}, digest: "" };
  if (action === "create") return { ...base, action, desired };
  return action === "delete" ? { ...base, action, live } : { ...base, action, live, desired };
}

export async function* planOf(
  books: Readonly<Record<string, readonly Change[]>>,
  diagnostics: readonly Diagnostic[] = [],
  incomplete: readonly string[] = [],
): AsyncGenerator<PlanRecord> {
  yield {
    type: "plan",
    configDigest: "sha256:1",
    createdAt: "",
    allowances: [],
    mailboxes: null,
  };
  yield { type: "sync", name: "phones", kind: "mailbox-contacts", tenant: "contoso", owner: "" };
  for (const [id, changes] of Object.entries(books)) {
    const book = { id, mailbox: `${id}@contoso.com`, folder: "Directory", person: null };
    yield { type: "book", sync: "phones", book, unchanged: 0, unmanaged: 0, problem: null, changes };
  }
  const summary = { create: 0, update: 0, delete: 0, adopt: 0, withheld: 0, unchanged: 0, unmanaged: 0 };
  yield {
    type: "end",
    id: "sha256:2",
    summary,
    diagnostics,
    refusals: [],
    incomplete,
    forecastSeconds: null,
  };
}

type Write = (book: BookRef, changes: readonly Change[], journal: BookJournal) => AsyncIterable<Outcome>;

function writerThat(write: Write): TargetWriter {
  return {
    fields: [],
    canonicalize: (given) => ({ fields: given, warnings: [] }),
    async *books() {},
    read: () => Promise.reject(new Error("Nobody reads when a plan is made.")),
    conflicts: () => Promise.resolve([]),
    forecastSeconds: () => null,
    write,
  };
}

export async function* allDone(_: BookRef, changes: readonly Change[]): AsyncGenerator<Outcome> {
  for (const one of changes) yield { change: one, status: "done", problem: null };
}

export async function apply(
  records: AsyncIterable<PlanRecord>,
  write: Write,
  { rename, ...given }: Partial<ApplyWorld> & Pick<TargetWriter, "rename"> = {},
): Promise<ApplyResult> {
  return await applyPlan(records, {
    run: "20261124T080000Z-0001",
    writer: () => ({ ...writerThat(write), ...(rename === undefined ? {} : { rename }) }),
    journal: memoryJournal(),
    parallelism: 8,
    explain: () => null,
    signal: new AbortController().signal,
    onBug: (error) => {
      throw error;
    },
    onProgress: () => {},
    ...given,
  });
}
