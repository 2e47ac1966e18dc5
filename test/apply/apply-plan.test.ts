import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import type { ApplyWorld } from "../../src/apply/apply-plan.ts";
import type { ApplyResult } from "../../src/model/apply-result.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { BookRef } from "../../src/model/book.ts";
import type { BookJournal } from "../../src/model/journal.ts";
import type { Change, Outcome, PlanRecord } from "../../src/model/plan.ts";
import type { TargetWriter } from "../../src/model/target.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";

const fields: Change["fields"] = [];

function change(action: Change["action"], id: string, withheld: string | null = null): Change {
  const key = `contoso/${id}`;
  const base = { key, displayName: id, reason: "new", fields, withheld };
  const live = { id, version: "1", marker: null };
  const desired = { key, displayName: id, addresses: [], fields: {}, digest: "" };
  if (action === "create") return { ...base, action, desired };
  return action === "delete" ? { ...base, action, live } : { ...base, action, live, desired };
}

async function* planOf(
  books: Readonly<Record<string, readonly Change[]>>,
  diagnostics: readonly Diagnostic[] = [],
  incomplete: readonly string[] = [],
): AsyncGenerator<PlanRecord> {
  yield {
    type: "plan",
    formatVersion: 1,
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

async function* allDone(_: BookRef, changes: readonly Change[]): AsyncGenerator<Outcome> {
  for (const one of changes) yield { change: one, status: "done", problem: null };
}

async function apply(
  records: AsyncIterable<PlanRecord>,
  write: Write,
  given: Partial<ApplyWorld> = {},
): Promise<ApplyResult> {
  return await applyPlan(records, {
    run: "20261124T080000Z-0001",
    writer: () => writerThat(write),
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

const refused = { code: "ErrorQuotaExceeded", message: "The mailbox is full.", requestId: "r1" };

test("each change that was made is counted by its kind", async () => {
  const plan = planOf({
    ann: [change("create", "bo"), change("update", "chandra"), change("delete", "dora")],
    bo: [change("create", "ann"), change("adopt", "chandra")],
  });
  const { summary, failures, interrupted } = await apply(plan, allDone);
  expect(summary).toEqual({ created: 2, updated: 1, deleted: 1, adopted: 1, failed: 0, skipped: 0 });
  expect([failures, interrupted]).toEqual([[], false]);
});

test("what is withheld never reaches the writer, nor does a book without changes", async () => {
  const given: [string, readonly Change[]][] = [];
  const plan = planOf({
    ann: [change("create", "bo"), change("delete", "dora", "The policy is upsert-only.")],
    bo: [change("delete", "dora", "The policy is upsert-only.")],
    chandra: [],
  });
  const { summary } = await apply(plan, (book, changes) => {
    given.push([book.id, changes]);
    return allDone(book, changes);
  });
  expect(given.map(([book, changes]) => [book, changes.map(({ key }) => key)])).toEqual([
    ["ann", ["contoso/bo"]],
  ]);
  expect(summary).toMatchObject({ created: 1, deleted: 0, skipped: 0 });
});

test("a mailbox that fails does not disturb the others", async () => {
  const plan = planOf({ ann: [change("create", "bo")], bo: [change("create", "ann")] });
  const { summary, failures } = await apply(plan, async function* (book, changes) {
    for (const one of changes) {
      if (book.id === "ann") yield { change: one, status: "failed", problem: refused };
      else yield { change: one, status: "done", problem: null };
    }
  });
  expect(summary).toMatchObject({ created: 1, failed: 1 });
  expect(failures).toEqual([
    {
      status: "failed",
      sync: "phones",
      mailbox: "ann@contoso.com",
      folder: "Directory",
      action: "create",
      key: "contoso/bo",
      displayName: "bo",
      ...refused,
    },
  ]);
});

test("a stale change is listed and counts as skipped", async () => {
  const stale = { code: "changed-since-plan", message: "Somebody changed it.", requestId: "" };
  const { summary, failures } = await apply(
    planOf({ ann: [change("update", "bo")] }),
    async function* (_, changes) {
      for (const one of changes) yield { change: one, status: "stale", problem: stale };
    },
  );
  expect(summary).toMatchObject({ updated: 0, failed: 0, skipped: 1 });
  expect(failures).toMatchObject([{ status: "stale", code: "changed-since-plan" }]);
});

test("no more books are written at a time than asked for", async () => {
  let writing = 0;
  let most = 0;
  const plan = planOf(
    Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, [change("create", id)]])),
  );
  const { summary } = await apply(
    plan,
    async function* (book, changes) {
      most = Math.max(most, ++writing);
      await setImmediate();
      yield* allDone(book, changes);
      writing--;
    },
    { parallelism: 2 },
  );
  expect(most).toBe(2);
  expect(summary.created).toBe(5);
});

test("after an abort what was begun is ended, and no other book is given to the writer", async () => {
  const controller = new AbortController();
  const begun: string[] = [];
  const plan = planOf({
    ann: [change("create", "bo"), change("create", "chandra")],
    bo: [change("create", "ann")],
  });
  const result = await apply(
    plan,
    async function* (book, changes) {
      begun.push(book.id);
      controller.abort("SIGINT");
      await setImmediate();
      yield* allDone(book, changes);
    },
    { parallelism: 1, signal: controller.signal },
  );
  expect(begun).toEqual(["ann"]);
  expect(result).toMatchObject({ interrupted: true, summary: { created: 2, skipped: 1 } });
});

test("a writer that throws a failure of the world fails the changes that have no outcome yet", async () => {
  const diagnostic = {
    severity: "error",
    code: "secret-expired",
    summary: "Signing in failed",
    detail: "The secret has expired.",
    place: null,
  } as const;
  const plan = planOf({ ann: [change("create", "bo"), change("create", "chandra")] });
  const { summary, failures } = await apply(
    plan,
    async function* (book, changes) {
      yield* allDone(book, changes.slice(0, 1));
      throw new Error("token");
    },
    { explain: () => diagnostic },
  );
  expect(summary).toMatchObject({ created: 1, failed: 1 });
  expect(failures).toMatchObject([{ key: "contoso/chandra", code: "secret-expired" }]);
});

test("a bug in one book costs its changes and what was not begun, not the account of the rest", async () => {
  const bugs: unknown[] = [];
  const plan = planOf({
    ann: [change("create", "bo"), change("create", "chandra")],
    bo: [change("create", "ann")],
    chandra: [change("create", "ann")],
  });
  const { summary, failures, interrupted } = await apply(
    plan,
    async function* (book, changes) {
      yield* allDone(book, changes.slice(0, 1));
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      if (book.id === "ann") throw new Error("impossible");
    },
    { parallelism: 2, onBug: (bug) => bugs.push(bug) },
  );
  expect(bugs).toMatchObject([{ message: "impossible" }]);
  expect(summary).toMatchObject({ created: 2, failed: 1, skipped: 1 });
  expect(failures).toMatchObject([{ key: "contoso/chandra", code: "bug-in-galops" }]);
  expect(interrupted).toBe(false);
});

test("a writer that forgets a change does not pass for one that made it", async () => {
  const bugs: unknown[] = [];
  const plan = planOf({ ann: [change("create", "bo"), change("create", "chandra")] });
  const { summary } = await apply(plan, (book, changes) => allDone(book, changes.slice(0, 1)), {
    onBug: (bug) => bugs.push(bug),
  });
  expect(summary).toMatchObject({ created: 1, failed: 1 });
  expect(bugs).toMatchObject([{ message: "1 changes in ann ended in no outcome." }]);
});

test("what is found done already counts as nothing that was made", async () => {
  const plan = planOf({ ann: [change("create", "bo"), change("update", "chandra")] });
  const { summary, alreadyDone, failures } = await apply(plan, async function* (_, changes) {
    for (const one of changes) yield { change: one, status: "already-done", problem: null };
  });
  expect(summary).toEqual({ created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 });
  expect([alreadyDone, failures]).toEqual([2, []]);
});

test("a signal that comes when all is begun interrupts nothing", async () => {
  const controller = new AbortController();
  const plan = planOf({ ann: [change("create", "bo")] });
  const { interrupted, summary } = await apply(
    plan,
    (book, changes) => {
      controller.abort("SIGINT");
      return allDone(book, changes);
    },
    { signal: controller.signal },
  );
  expect([interrupted, summary.created]).toEqual([false, 1]);
});

test("it is in the result which syncs could not be read", async () => {
  expect((await apply(planOf({}, [], ["rows"]), allDone)).incomplete).toEqual(["rows"]);
});

test("failures beyond ten thousand are counted, not listed", async () => {
  const many = Array.from({ length: 10_002 }, (_, index) => change("create", String(index)));
  const { summary, failures, unlistedFailures } = await apply(
    planOf({ ann: many }),
    async function* (_, changes) {
      for (const one of changes) yield { change: one, status: "failed", problem: refused };
    },
  );
  expect(summary.failed).toBe(10_002);
  expect([failures.length, unlistedFailures]).toEqual([10_000, 2]);
});

test("the plan's diagnostics are in the result", async () => {
  const diagnostic = {
    severity: "error",
    code: "graph-failed",
    summary: "Graph failed",
    detail: "",
    place: null,
  } as const;
  const { diagnostics } = await apply(planOf({}, [diagnostic]), allDone);
  expect(diagnostics).toEqual([diagnostic]);
});

test("a journal that cannot be written stops the run: what is open fails, and no other book is begun", async () => {
  const begun: string[] = [];
  const plan = planOf({ ann: [change("create", "bo")], bo: [change("create", "ann")] });
  const journal = memoryJournal();
  journal.fill();
  const result = await apply(
    plan,
    async function* (book, changes, bookJournal) {
      begun.push(book.id);
      await bookJournal.begin([]);
      yield* allDone(book, changes);
    },
    { journal, parallelism: 1 },
  );
  expect(begun).toEqual(["ann"]);
  expect(result.summary).toMatchObject({ created: 0, failed: 1, skipped: 1 });
  expect(result.failures).toMatchObject([{ code: "journal-unwritable", message: "The disk is full." }]);
  expect(result.interrupted).toBe(false);
});
