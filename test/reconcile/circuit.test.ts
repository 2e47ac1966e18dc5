import { expect, test } from "vitest";
import { rowOfFailures } from "../../src/concurrency/circuit.ts";
import type { BookRef, SkippedBook } from "../../src/model/book.ts";
import { ann, bo, book, compiled, person, plan, syncConfig, targetOf, unreadable } from "./world.ts";

const parallelism = 4;
const hundred = Array.from({ length: 100 }, (_, at) => book(person(`m${String(at).padStart(3, "0")}`)));

/** A target of these mailboxes that serves only those that are let through, and how often it was asked. */
function servingOnly(
  isServed: (at: number) => boolean,
  books: readonly (BookRef | SkippedBook)[] = hundred,
): ReturnType<typeof targetOf> & { readonly asked: () => number } {
  let asked = 0;
  const target = targetOf(books, ({ id }) => {
    asked++;
    if (isServed(Number(id.slice(1)))) return [];
    throw unreadable();
  });
  return { ...target, asked: () => asked };
}

test("where every mailbox refuses, the rest is not asked, and that is told once", async () => {
  const target = servingOnly(() => false);
  const { books, errors, end } = await plan({ target: () => target, parallelism });
  expect(target.asked()).toBeLessThan(rowOfFailures + parallelism + 5);
  expect(errors.map(({ code }) => code)).toEqual(["mailbox-access-denied", "mailbox-not-asked"]);
  expect(errors[1]?.detail).toMatch(
    /^The sync phones changes nothing in 80 mailboxes that were not read because the run gave up \(m020@.*\)\. 20 mailboxes in a row failed with the same error \(mailbox-access-denied\)/,
  );
  expect(books.filter(({ problem }) => problem?.code === "mailbox-not-asked")).toHaveLength(80);
  expect(end.summary).toMatchObject({ create: 0, delete: 0 });
});

test("equal refusals make an equal plan, however many are read at a time", async () => {
  const ids = [1, 3, 16].map(async (width) => {
    const target = servingOnly((at) => at > 95 && at < 99);
    return (await plan({ target: () => target, parallelism: width })).end.id;
  });
  expect(new Set(await Promise.all(ids)).size).toBe(1);
});

test.each([
  ["a few here and there", (at: number) => at % 5 !== 0],
  ["many together at the end", (at: number) => at < 60],
  ["many together at the beginning of the alphabet", (at: number) => at > 40],
])("%s keep nobody from being asked", async (_, isServed) => {
  const target = servingOnly(isServed);
  const { books, errors } = await plan({ target: () => target, parallelism });
  const served = hundred.filter((_book, at) => isServed(at)).length;
  expect(books.filter(({ problem }) => problem === null)).toHaveLength(served);
  expect(errors).toHaveLength(1);
});

test("mailboxes that do not exist say nothing of the others", async () => {
  const missing = hundred.map(({ mailbox }): SkippedBook => {
    const problem = { severity: "warning", code: "mailbox-not-found", message: "Nobody." } as const;
    return { mailbox: mailbox ?? "", problem };
  });
  const target = servingOnly(() => true, [...missing, book(ann)]);
  const { books } = await plan({ target: () => target, parallelism });
  expect(books.filter(({ problem }) => problem === null)).toHaveLength(1);
});

test("another sync of the tenant is not asked for either; one of another tenant is", async () => {
  const { to } = syncConfig("phones");
  const syncs = [
    await compiled(syncConfig("phones")),
    await compiled(syncConfig("offices")),
    await compiled(syncConfig("elsewhere", { to: { ...to, tenant: "fabrikam" } })),
  ];
  const refusing = servingOnly(() => false);
  const { books, errors } = await plan({
    syncs,
    target: (sync) => (sync.name === "elsewhere" ? targetOf([book(ann), book(bo)]) : refusing),
    parallelism,
  });
  expect(refusing.asked()).toBeLessThan(rowOfFailures + parallelism + 5);
  expect(books.filter(({ sync, problem }) => sync === "offices" && problem === null)).toEqual([]);
  expect(books.filter(({ sync, problem }) => sync === "elsewhere" && problem === null)).toHaveLength(2);
  expect(errors.filter(({ code }) => code === "mailbox-not-asked")).toHaveLength(2);
});

test("mailboxes that are no targets and refuse a sweep are warned of, and keep no target from being planned", async () => {
  const others = hundred.map((one): BookRef => ({ ...one, former: true }));
  const serving = targetOf([book(ann), book(bo)], ({ former }) => {
    if (former === true) throw unreadable();
    return [];
  });
  const target = {
    ...serving,
    async *formerBooks(): AsyncGenerator<BookRef> {
      yield* others;
    },
  };
  const syncs = [await compiled(syncConfig("one")), await compiled(syncConfig("two"))];
  const { books, errors, warnings, end } = await plan({ syncs, target: () => target, sweep: true });
  expect(errors).toEqual([]);
  expect(warnings.map(({ code }) => code)).toContain("mailbox-access-denied");
  const targets = books.filter(({ book: { former } }) => former === undefined);
  expect(targets.map(({ sync, problem }) => [sync, problem])).toEqual([
    ["one", null],
    ["one", null],
    ["two", null],
    ["two", null],
  ]);
  expect(end.refusals).toEqual([]);
});
