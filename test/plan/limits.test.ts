import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Limits } from "../../src/model/config.ts";
import type { Change, Refusal } from "../../src/model/plan.ts";
import { parseAllowances } from "../../src/plan/allowances.ts";
import { checkLimits } from "../../src/plan/limits.ts";
import { createTally } from "../../src/plan/tally.ts";
import { ann, book, bookPlan, desired, diff, live } from "./world.ts";

interface Case {
  /** People who have a contact now. */
  readonly owned: number;
  readonly leave?: number;
  readonly change?: number;
  readonly join?: number;
  readonly limits?: Limits;
  readonly emptySources?: readonly string[];
  readonly allow?: readonly string[];
  readonly mailboxes?: number;
}

/** The refusals of one sync in which so many people leave, change and join. */
function refusalsOf(of: Case): readonly Refusal[] {
  const { owned, leave = 0, change = 0, join = 0, limits = {}, emptySources = [], allow = [] } = of;
  const have = Array.from({ length: owned }, (_, i) => live(`p${i}`, {}));
  const want = Array.from({ length: owned - leave }, (_, i) =>
    desired(`p${i}`, i < change ? { jobTitle: "x" } : {}),
  );
  const all = [...want, ...Array.from({ length: join }, (_, i) => desired(`new${i}`, {}))];
  const tally = createTally();
  for (let i = 0; i < (of.mailboxes ?? 1); i++) {
    tally.add("staff", bookPlan(book(`m${i}@contoso.com`), diff({ desired: all, live: have })), all);
  }
  const facts = {
    sync: "staff",
    kind: "mailbox-contacts" as const,
    limits,
    people: all.length,
    emptySources,
  };
  return checkLimits(tally, [facts], parseAllowances(allow, ["staff"]).allowances);
}

const found = (of: Case) => refusalsOf(of).map((refusal) => [refusal.limit, refusal.found, refusal.allowed]);

test("without being told, 3 people or 5% may lose their contacts, whichever is more", () => {
  expect(found({ owned: 20, leave: 3 })).toEqual([]);
  expect(found({ owned: 20, leave: 4 })).toEqual([["deletes", 4, 3]]);
  expect(found({ owned: 79, leave: 4 })).toEqual([["deletes", 4, 3]]);
  expect(found({ owned: 80, leave: 4 })).toEqual([]);
  expect(found({ owned: 1000, leave: 50 })).toEqual([]);
  expect(found({ owned: 1000, leave: 51 })).toEqual([["deletes", 51, 50]]);
});

test("the default never goes above 500, a limit of the config may", () => {
  expect(found({ owned: 12_000, leave: 500 })).toEqual([]);
  expect(found({ owned: 12_000, leave: 501 })).toEqual([["deletes", 501, 500]]);
  expect(found({ owned: 12_000, leave: 501, limits: { deletes: { share: 0.05 } } })).toEqual([]);
});

test("just above where the cap begins, the cap holds", () => {
  expect(found({ owned: 10_020, leave: 501 })).toEqual([["deletes", 501, 500]]);
});

test("a share that binary fractions make smaller loses nobody", () => {
  expect(0.29 * 100).toBeLessThan(29);
  expect(found({ owned: 100, change: 29, limits: { updates: { share: 0.29 } } })).toEqual([]);
});

test("people count, not contacts: one who leaves 50 mailboxes is one", () => {
  expect(found({ owned: 100, leave: 5, mailboxes: 50 })).toEqual([]);
  expect(found({ owned: 100, leave: 6, mailboxes: 50 })).toEqual([["deletes", 6, 5]]);
});

test("a sync that shrank by more than a fifth is refused whatever the other limits say", () => {
  const limits: Limits = { deletes: { count: 1000 } };
  expect(found({ owned: 100, leave: 20, limits })).toEqual([]);
  expect(found({ owned: 100, leave: 21, limits })).toEqual([["shrink", 21, 20]]);
  expect(found({ owned: 100, leave: 21, join: 1, limits })).toEqual([]);
  expect(found({ owned: 100, leave: 21, limits: { ...limits, shrink: { share: 0.5 } } })).toEqual([]);
});

test("removing everything is refused, however little that is", () => {
  expect(found({ owned: 1, leave: 1 })).toEqual([["removes-everything", 1, 0]]);
  expect(found({ owned: 2, leave: 2, join: 5, limits: { deletes: { count: 9 } } })).toEqual([
    ["removes-everything", 2, 1],
  ]);
});

test("a source that returned no people is refused as soon as somebody would lose a contact", () => {
  expect(found({ owned: 100, leave: 1, emptySources: ["partners"] })).toEqual([["empty-source", 1, 0]]);
  expect(found({ owned: 100, change: 1, emptySources: ["partners"] })).toEqual([]);
  expect(found({ owned: 0, emptySources: ["partners"] })).toEqual([]);
});

test("a source that returned no people is refused when others take over its people", () => {
  const tally = createTally();
  const want = [desired("row-1", ann)];
  tally.add(
    "staff",
    bookPlan(book("m@contoso.com"), diff({ desired: want, live: [live("ann", ann)] })),
    want,
  );
  const facts = {
    sync: "staff",
    kind: "mailbox-contacts" as const,
    limits: {},
    people: 1,
    emptySources: ["users"],
  };
  const [refusal] = checkLimits(tally, [facts], []);
  expect(refusal).toMatchObject({ limit: "empty-source", found: 0, allow: "--allow deletes=0" });
  expect(checkLimits(tally, [facts], parseAllowances(["deletes=0"], ["staff"]).allowances)).toEqual([]);
});

test("more than half may only change where at most 20 are owned", () => {
  expect(found({ owned: 20, change: 20 })).toEqual([]);
  expect(found({ owned: 21, change: 10 })).toEqual([]);
  expect(found({ owned: 21, change: 11 })).toEqual([["updates", 11, 10]]);
});

test("creates and changes of addresses have a limit only where the config sets one", () => {
  expect(found({ owned: 1, join: 5000 })).toEqual([]);
  expect(found({ owned: 1, join: 6, limits: { creates: { count: 5 } } })).toEqual([["creates", 6, 5]]);
  const tally = createTally();
  const want = [desired("ann", { ...ann, emailAddresses: ["ann.ek@contoso.com"] })];
  tally.add(
    "staff",
    bookPlan(book("m@contoso.com"), diff({ desired: want, live: [live("ann", ann)] })),
    want,
  );
  const limits: Limits = { addressChanges: { count: 0 } };
  const facts = { sync: "staff", kind: "mailbox-contacts" as const, limits, people: 1, emptySources: [] };
  expect(checkLimits(tally, [facts], [])).toMatchObject([{ limit: "addressChanges", found: 1, allowed: 0 }]);
});

test("a share is rounded down to whole people, and a limit lets exactly itself through", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 100 }), (owned, percent) => {
      // In whole numbers, where nothing is lost to binary fractions.
      const allowed = Math.floor((owned * percent) / 100);
      const limits: Limits = { updates: { share: percent / 100 } };
      expect(found({ owned, change: allowed, limits })).toEqual([]);
      if (allowed === owned) return;
      expect(found({ owned, change: allowed + 1, limits })).toEqual([["updates", allowed + 1, allowed]]);
    }),
    { numRuns: 60 },
  );
});

test("only the exact number gets past, and speaks for a shrunk source and for everything, too", () => {
  const shrunk: Case = { owned: 100, leave: 30 };
  expect(refusalsOf(shrunk)[0]?.allow).toBe("--allow deletes=30");
  expect(refusalsOf({ ...shrunk, allow: ["deletes=30"] })).toEqual([]);
  expect(refusalsOf({ ...shrunk, allow: ["staff.deletes=30"] })).toEqual([]);
  expect(refusalsOf({ ...shrunk, allow: ["deletes=31"] })[0]?.message).toContain("31 were allowed");
  expect(refusalsOf({ ...shrunk, allow: ["updates=30"] })).toHaveLength(1);
  expect(refusalsOf({ owned: 2, leave: 2, allow: ["deletes=2"] })).toEqual([]);
});

test("with several syncs a number alone means all of them together", () => {
  const tally = createTally();
  const syncs = ["one", "two"].map((sync, index) => {
    const people = Array.from({ length: 10 }, (_, i) => live(`p${i}`, {}));
    const want = people.slice(index + 5).map((_, i) => desired(`p${i}`, {}));
    tally.add(sync, bookPlan(book("m@contoso.com"), diff({ desired: want, live: people })), want);
    return { sync, kind: "mailbox-contacts" as const, limits: {}, people: want.length, emptySources: [] };
  });
  const check = (...allow: readonly string[]) =>
    checkLimits(tally, syncs, parseAllowances(allow, ["one", "two"]).allowances).map(({ allow: how }) => how);
  expect(check()).toEqual(["--allow one.deletes=5", "--allow two.deletes=6"]);
  expect(check("deletes=11")).toEqual([]);
  expect(check("one.deletes=5")).toEqual(["--allow two.deletes=6"]);
  expect(check("one.deletes=6")).toEqual(["--allow one.deletes=5", "--allow two.deletes=6"]);
  expect(check("deletes=6")).toEqual(["--allow one.deletes=5", "--allow two.deletes=6"]);
});

test("what is left of an approved plan may be fewer people than were allowed, and never more", () => {
  const tally = createTally();
  const have = Array.from({ length: 10 }, (_, i) => live(`p${i}`, {}));
  const want = have.slice(5).map((_, i) => desired(`p${i}`, {}));
  tally.add("staff", bookPlan(book("m@contoso.com"), diff({ desired: want, live: have })), want);
  const facts = { sync: "staff", kind: "mailbox-contacts" as const, limits: {}, people: 5, emptySources: [] };
  const refused = (people: number, orFewer: boolean) =>
    checkLimits(tally, [facts], [{ sync: null, limit: "deletes", people, orFewer }]).length > 0;
  expect([5, 6].map((people) => refused(people, true))).toEqual([false, false]);
  expect(refused(4, true)).toBe(true);
  expect([4, 5, 6].map((people) => refused(people, false))).toEqual([true, false, true]);
});

test("what is withheld, duplicates, and books that could not be read count as nothing lost", () => {
  const tally = createTally();
  const have = [
    live("a", ann),
    live("a", ann, { id: "copy", createdAt: "2026-09-09T00:00:00Z" }),
    live("b", ann),
  ];
  const withheld: readonly Change[] = diff({ desired: [], live: have, policy: "upsert-only" }).changes;
  tally.add("staff", bookPlan(book("m@contoso.com"), { changes: withheld }), []);
  const want = [desired("a", ann), desired("b", ann)];
  tally.add("staff", bookPlan(book("n@contoso.com"), diff({ desired: want, live: have })), want);
  const problem = { severity: "error", code: "mailbox-busy", message: "Busy." } as const;
  tally.add("staff", bookPlan(book("o@contoso.com"), { problem }), [desired("c", ann)]);
  expect(tally.of("staff")).toEqual({
    owned: 2,
    hidden: 0,
    hides: 0,
    deletes: 0,
    returned: 0,
    updates: 0,
    creates: 0,
    addressChanges: 0,
    rekeys: 0,
    keptContacts: 5,
    lostOrigins: [],
  });
});

test("the message names what was found, the limit, the usual cause and the option to continue", () => {
  expect(refusalsOf({ owned: 200, leave: 12 })[0]?.message).toMatchInlineSnapshot(
    `"The sync staff would delete contacts of 12 people, where at most 10 are permitted (5% of the 200 that it owns). The usual causes are a filter, a group or a source that lost people. If this is intended, run it again with --allow deletes=12."`,
  );
  expect(refusalsOf({ owned: 100, leave: 30 })[0]?.message).toMatchInlineSnapshot(
    `"The sync staff has 70 people and owns contacts of 100: 30 fewer, where at most 20 are permitted (20% of the 100 that it owns). Check its sources first: a wrong filter, group or permission also makes people disappear. If this is intended, run it again with --allow deletes=30."`,
  );
  expect(refusalsOf({ owned: 1, leave: 1 })[0]?.message).toMatchInlineSnapshot(
    `"The sync staff would delete every contact that it owns (1 person). The usual causes are a source that was replaced by another one, or a wrong filter or group. If this is intended, run it again with --allow deletes=1."`,
  );
  expect(refusalsOf({ owned: 100, leave: 1, emptySources: ["csv"] })[0]?.message).toMatchInlineSnapshot(
    `"The source csv of the sync staff returned no people, and 1 person would lose their contacts. The usual cause is a wrong filter, group or permission. If the source is empty on purpose, remove it from the sync. If this is intended, run it again with --allow deletes=1."`,
  );
  expect(refusalsOf({ owned: 30, change: 30, allow: ["updates=1"] })[0]?.message).toMatchInlineSnapshot(
    `"The sync staff would change contacts of 30 people, where at most 15 are permitted (50% of the 30 that it owns). The usual causes are a changed mapping, or an attribute that was emptied at the source. If this is intended, run it again with --allow updates=30 (1 was allowed, which does not match this plan)."`,
  );
});

test("an --allow without effect is an error that names it", () => {
  const { allowances, diagnostics } = parseAllowances(
    ["deletes=4", "a.b.updates=1", "deletes", "deletes=many", "shrink=1", "nobody.deletes=1", "deletes=-1"],
    ["staff", "a.b"],
  );
  expect(allowances).toEqual([
    { sync: null, limit: "deletes", people: 4, orFewer: false },
    { sync: "a.b", limit: "updates", people: 1, orFewer: false },
  ]);
  expect(diagnostics.map(({ detail }) => /--allow \S+/.exec(detail)?.[0])).toEqual([
    "--allow deletes",
    "--allow deletes=many",
    "--allow shrink=1",
    "--allow nobody.deletes=1",
    "--allow deletes=-1",
  ]);
});

test("two numbers for one limit of one sync are refused: a list of guesses lifts none", () => {
  const codes = (options: readonly string[], syncs: readonly string[]) =>
    parseAllowances(options, syncs).diagnostics.map(({ code }) => code);
  expect(codes(["deletes=3", "deletes=4"], ["one", "two"])).toEqual(["contradicting-allow"]);
  expect(codes(["one.deletes=3", "one.deletes=4"], ["one", "two"])).toEqual(["contradicting-allow"]);
  expect(codes(["deletes=3", "one.deletes=4"], ["one"])).toEqual(["contradicting-allow"]);
  expect(codes(["deletes=3", "deletes=3", "updates=4"], ["one"])).toEqual([]);
  expect(codes(["deletes=7", "one.deletes=3", "two.deletes=4"], ["one", "two"])).toEqual([]);
});

test("where all who come from somewhere leave, a source with another name is named as a cause", () => {
  const have = Array.from({ length: 5 }, (_, i) => {
    const one = live(`p${i}`, {});
    return { ...one, marker: one.marker === null ? null : { ...one.marker, key: `suppliers/p${i}` } };
  });
  const want = have.map((_, i) => ({ ...desired(`p${i}`, {}), key: `vendors/p${i}`, addresses: [] }));
  const tally = createTally();
  tally.add("staff", bookPlan(book("m@contoso.com"), diff({ desired: want, live: have })), want);
  const facts = { sync: "staff", kind: "mailbox-contacts" as const, limits: {}, people: 5, emptySources: [] };
  expect(checkLimits(tally, [facts], [])[0]?.message).toContain(
    "come from suppliers, where no people come from now. If a csv source was renamed, restore its name",
  );
  expect(refusalsOf({ owned: 20, leave: 10 })[0]?.message).not.toContain("csv source");
});

test("neither a tenant that lost people nor what others made is taken for a source with another name", () => {
  const tenant = "5b0c4f7e-0000-4000-8000-0000000000c0";
  const have = Array.from({ length: 10 }, (_, i) => live(`p${i}`, {})).map((one, i) =>
    i % 2 === 0
      ? { ...one, marker: null }
      : { ...one, marker: one.marker && { ...one.marker, key: `${tenant}/p${i}` } },
  );
  const want = [desired("somebody", {})];
  const tally = createTally();
  const plan = diff({ desired: want, live: have, ownsAll: true });
  expect(plan.changes.filter(({ action }) => action === "delete")).toHaveLength(10);
  tally.add("staff", bookPlan(book("m"), plan), want);
  expect(tally.of("staff").lostOrigins).toEqual([]);
});
