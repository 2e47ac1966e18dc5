import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { inChunks, linesOf } from "../../../src/cli/plans/lines.ts";
import { spoolPlan } from "../../../src/cli/plans/spool.ts";
import type { Spool } from "../../../src/cli/plans/spool.ts";
import { bookPlan, book, collected, joined, planOf, streamed } from "../../plan/world.ts";
import { aWeek, hostile, trouble } from "../../render/plans.ts";

async function spooled(plan: typeof aWeek, memoryLimit: number): Promise<Spool> {
  const spool = await spoolPlan(streamed(plan), { memoryLimit });
  onTestFinished(() => spool.close());
  return spool;
}

test.each([
  ["in memory", 64 * 1024 * 1024],
  ["in a file", 0],
])("a plan %s reads back the same, as often as it is read", async (_, limit) => {
  for (const plan of [aWeek, hostile, trouble]) {
    const spool = await spooled(plan, limit);
    const first = await collected(spool.records());
    expect(await collected(spool.records())).toEqual(first);
    expect(first).toEqual(plan);
  }
});

test("a plan can be read twice at the same time", async () => {
  const spool = await spooled(aWeek, 0);
  const [one, other] = await Promise.all([joined(spool.text()), joined(spool.text())]);
  expect(one).toBe(other);
  expect(one).not.toBe("");
});

function plansIn(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => /^galops-.*\.plan$/.test(name));
}

test("what is too large for memory is in no folder where others could find it", async () => {
  const before = plansIn();
  await spooled(aWeek, 0);
  expect(plansIn()).toEqual(before);
});

test.runIf(existsSync("/proc/self/fd"))("what is on the disk meanwhile is not readable", async () => {
  await spooled(aWeek, 0);
  const open = readdirSync("/proc/self/fd").flatMap((fd) => {
    const link = `/proc/self/fd/${fd}`;
    try {
      return /galops-.*\.plan \(deleted\)$/.test(readlinkSync(link)) ? [readFileSync(link, "latin1")] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
  expect(open.map((text) => text.length > 1000)).toContain(true);
  for (const text of open) expect(text).not.toMatch(/contoso|"type"/);
});

test("what passed by is known without reading again", async () => {
  const plan = planOf([
    {
      name: "phones",
      books: [
        bookPlan(book("ann@contoso.com")),
        bookPlan(book("bo@contoso.com"), { problem: { severity: "error", code: "x", message: "y" } }),
      ],
    },
    { name: "others", books: [] },
  ]);
  const spool = await spooled(plan, 1000);
  expect(spool.syncs).toEqual(["phones", "others"]);
  expect(spool.booksRead).toBe(1);
  expect(spool.end).toEqual(plan.at(-1));
  expect(spool.header).toEqual(plan[0]);
});

async function* failing(): AsyncGenerator<(typeof aWeek)[number]> {
  yield* aWeek.slice(0, 2);
  throw new Error("halfway");
}

test("a failure of the records is the failure of the spool", async () => {
  await expect(spoolPlan(failing(), { memoryLimit: 0 })).rejects.toThrow("halfway");
});

test("only a newline ends a line, wherever chunks are cut", async () => {
  const text = '{"a":"\u2028\u2029\r"}\n\n{"b":1}';
  for (const size of [1, 3, 100]) {
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size),
    );
    expect(await collected(linesOf(streamed(chunks)))).toEqual(['{"a":"\u2028\u2029\r"}', "", '{"b":1}']);
  }
});

test("chunks hold the same text in fewer pieces", async () => {
  const parts = ["ab", "c", "defg", "h"];
  expect(await collected(inChunks(streamed(parts), 3))).toEqual(["abc", "defg", "h"]);
});
