import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Change } from "../../src/model/plan.ts";
import { planOf, change, apply, allDone } from "./world.ts";

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

test("what is found done already counts as nothing that was made", async () => {
  const plan = planOf({ ann: [change("create", "bo"), change("update", "chandra")] });
  const { summary, alreadyDone, failures } = await apply(plan, async function* (_, changes) {
    for (const one of changes) yield { change: one, status: "already-done", problem: null };
  });
  expect(summary).toEqual({ created: 0, updated: 0, deleted: 0, adopted: 0, failed: 0, skipped: 0 });
  expect([alreadyDone, failures]).toEqual([2, []]);
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
