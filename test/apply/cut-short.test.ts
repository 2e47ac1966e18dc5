import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { PlanRecord } from "../../src/model/plan.ts";
import * as outcomes from "../../src/targets/outcomes.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";
import { planOf, change, apply, allDone } from "./world.ts";

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

test("a change that a target did not begin because of a signal ends the run as interrupted", async () => {
  const plan = planOf({ ann: [change("create", "bo")] });
  const result = await apply(plan, async function* (_, changes) {
    for (const one of changes) yield outcomes.skipped(one, outcomes.interrupted);
  });
  expect(result).toMatchObject({ interrupted: true, summary: { skipped: 1 } });
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

test("a bug while a folder is renamed leaves the contacts in it alone, and all other books", async () => {
  const begun: string[] = [];
  const plan = async function* (): AsyncGenerator<PlanRecord> {
    for await (const record of planOf({ ann: [change("delete", "bo")], bo: [change("create", "ann")] })) {
      const rename = { from: "Colleagues", withheld: null };
      yield record.type === "book" && record.book.id === "ann" ? { ...record, rename } : record;
    }
  };
  const { summary, failures } = await apply(
    plan(),
    (book, changes) => {
      begun.push(book.id);
      return allDone(book, changes);
    },
    { parallelism: 1, onBug: () => {}, rename: () => Promise.reject(new Error("impossible")) },
  );
  expect(begun).toEqual([]);
  expect(summary).toMatchObject({ created: 0, deleted: 0, failed: 1, skipped: 2 });
  expect(failures).toMatchObject([{ code: "bug-in-galops" }]);
});

test("a writer that forgets a change does not pass for one that made it", async () => {
  const bugs: unknown[] = [];
  const plan = planOf({ ann: [change("create", "bo"), change("create", "chandra")] });
  const { summary } = await apply(plan, (book, changes) => allDone(book, changes.slice(0, 1)), {
    onBug: (bug) => bugs.push(bug),
  });
  expect(summary).toMatchObject({ created: 1, failed: 1 });
  expect(bugs).toMatchObject([{ message: "1 changes in ann ended without an outcome." }]);
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
