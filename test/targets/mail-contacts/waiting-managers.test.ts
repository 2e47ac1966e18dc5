import { describe, expect, test } from "vitest";
import { ExchangeError } from "../../../src/http/exchange/exchange.ts";
import type { ExchangeClient } from "../../../src/http/exchange/exchange.ts";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import type { Change, Outcome } from "../../../src/model/plan.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { applyTo, desiredIn, planBook, settle } from "../../contract/target.ts";
import type { PlanRules } from "../../contract/target.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import { inverseOf } from "./inverse.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { at, byName, contact, told } from "./writing.ts";

type Invoke = ExchangeClient["invoke"];
type Between = (invoke: Invoke, ...asked: Parameters<Invoke>) => ReturnType<Invoke>;

const keepEdits: Partial<PlanRules> = { policy: "sync", fieldPolicy: () => "keep-edits" };

function people(world: MailWorld, who: Readonly<Record<string, ContactFields>>): readonly DesiredContact[] {
  return Object.entries(who).map(([key, fields]) => desiredIn(world, key, contact(key, fields)));
}

/** Applies while something stands between the writer and Exchange. */
async function applyThrough(
  world: MailWorld,
  changes: readonly Change[],
  between: Between,
  journal = memoryJournal(),
): Promise<readonly Outcome[]> {
  const invoke: Invoke = (...asked) => between(world.exchange.invoke, ...asked);
  const exchange = { ...world.exchange, invoke };
  const writer = mailContactsWriter(world.sync, { exchange, tenantId: world.book.id, clock: manualClock() });
  return await applyTo({ ...world, writer }, changes, new AbortController().signal, journal);
}

function refusal(cmdlet: Parameters<Invoke>[0]): ExchangeError {
  return new ExchangeError({ kind: "busy", message: "busy", cmdlet, outcome: "unknown" });
}

async function managersIn(world: MailWorld): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries([...(await byName(world))].map(([name, { manager }]) => [name, manager]));
}

describe("a manager who is made in the same run", () => {
  test("is the manager also of those who come to ask for him after he was made", async () => {
    const world = await openMailWorld();
    await settle(world, people(world, { ann: {}, sales: {} }));
    const next = [
      desiredIn(world, "ann", contact("sales", { displayName: "ann", manager: at("boss") })),
      ...people(world, { boss: {} }),
    ];
    const changes = await planBook(world, next);
    const made = Promise.withResolvers<void>();
    const outcomes = await applyThrough(world, changes, async (invoke, cmdlet, parameters, signal) => {
      // Ann waits for the address, and the boss for nobody.
      if (cmdlet === "Remove-MailContact") await made.promise;
      const answer = await invoke(cmdlet, parameters, signal);
      if (cmdlet === "Set-MailContact") setImmediate(made.resolve);
      return answer;
    });
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
    expect((await managersIn(world))["ann"]).toBe(at("boss"));
    expect(await planBook(world, next)).toEqual([]);
  });

  test("is made, whatever becomes of those who wait for him: each of them has an outcome of his own", async () => {
    const world = await openMailWorld();
    await settle(world, people(world, { ann: {}, bo: {}, cai: {} }));
    const [ann, bo, cai] = [{ manager: at("boss") }, { manager: at("boss") }, { manager: at("boss") }];
    const next = people(world, { ann, bo, cai, boss: {} });
    let failures = 0;
    const outcomes = await applyThrough(
      world,
      await planBook(world, next),
      (invoke, cmdlet, parameters, signal) => {
        if (cmdlet === "Set-Contact" && "Manager" in parameters && failures++ === 0) throw refusal(cmdlet);
        return invoke(cmdlet, parameters, signal);
      },
    );
    const failed = outcomes
      .filter(({ status }) => status === "failed")
      .map(({ change }) => change.displayName);
    expect(failed).toHaveLength(1);
    expect(told(outcomes)).toContain("create boss: done");
    expect(told(outcomes).filter((line) => line.endsWith(": done"))).toHaveLength(3);
    const managed = Object.entries(await managersIn(world)).filter(([, manager]) => manager === at("boss"));
    expect(managed.map(([name]) => name).toSorted()).toEqual(
      ["ann", "bo", "cai"].filter((name) => name !== failed[0]),
    );
    // Nobody has edited anything, whatever is kept of edits.
    const left = await planBook(world, next, keepEdits);
    expect(left.map(({ displayName, reason, withheld }) => [displayName, reason, withheld])).toEqual([
      [failed[0], "source-changed", null],
    ]);
    await applyTo(world, left);
    expect(await planBook(world, next)).toEqual([]);
  });

  test("costs those who get nothing but him as much as the plan forecasts", async () => {
    const world = await openMailWorld();
    await settle(world, people(world, { ann: {} }));
    const next = people(world, { ann: { manager: at("boss") }, boss: {} });
    const sent: string[] = [];
    await applyThrough(world, await planBook(world, next), (invoke, cmdlet, parameters, signal) => {
      sent.push(cmdlet);
      return invoke(cmdlet, parameters, signal);
    });
    expect(sent).toEqual(["New-MailContact", "Set-MailContact", "Set-Contact", "Set-MailContact"]);
    expect(await planBook(world, next)).toEqual([]);
  });

  test("and cannot be, fails those who need him, before him or after him; the next run gives him to them", async () => {
    const world = await openMailWorld();
    await settle(world, people(world, { ann: {} }));
    const manager = at("boss");
    const next = people(world, { ann: { manager }, zoe: { manager }, boss: {} });
    const changes = await planBook(world, next);
    const outcomes = await applyThrough(world, changes, (invoke, cmdlet, parameters, signal) => {
      if (parameters["DisplayName"] === "boss") throw refused(cmdlet);
      return invoke(cmdlet, parameters, signal);
    });
    expect(told(outcomes).toSorted()).toEqual([
      "create boss: failed (invalid-address)",
      "create zoe: failed (manager-missing)",
      "update ann: failed (manager-missing)",
    ]);
    await applyTo(world, await planBook(world, next, keepEdits));
    expect(await managersIn(world)).toEqual({ ann: manager, zoe: manager, boss: "" });
    expect(await planBook(world, next)).toEqual([]);
  });
});

test.each([
  ["create", {}],
  ["update", { ann: {} }],
])("a manager who is made and vanishes is waited for once (%s)", async (action, before) => {
  const world = await openMailWorld();
  await settle(world, people(world, before));
  const next = people(world, { ann: { jobTitle: "Lead", manager: at("boss") }, boss: {} });
  const sent: string[] = [];
  const outcomes = await applyThrough(
    world,
    await planBook(world, next),
    (invoke, cmdlet, parameters, signal) => {
      sent.push(cmdlet);
      if (cmdlet === "Set-Contact" && "Manager" in parameters) throw unseen(cmdlet);
      return invoke(cmdlet, parameters, signal);
    },
  );
  expect(told(outcomes)).toContain(`${action} ann: failed (exchange-not-found)`);
  expect(sent.filter((cmdlet) => cmdlet === "Set-Contact").length).toBeLessThan(10);
});

test("what was written of a new contact is not written again while Exchange does not see it elsewhere", async () => {
  const world = await openMailWorld();
  const next = people(world, { ann: { jobTitle: "Lead" } });
  const sent: string[] = [];
  const outcomes = await applyThrough(
    world,
    await planBook(world, next),
    (invoke, cmdlet, parameters, signal) => {
      sent.push(cmdlet);
      if (cmdlet === "Set-MailContact" && sent.length < 6) throw unseen(cmdlet);
      return invoke(cmdlet, parameters, signal);
    },
  );
  expect(told(outcomes)).toEqual(["create ann: done"]);
  expect(sent.slice(0, 3)).toEqual(["New-MailContact", "Set-Contact", "Set-MailContact"]);
  expect(new Set(sent.slice(3))).toEqual(new Set(["Set-MailContact"]));
});

test("who keeps his old manager, since the new one is not made yet, has not been edited by anybody", async () => {
  const world = await openMailWorld();
  await settle(world, people(world, { ann: { manager: at("old") }, old: {} }));
  const next = people(world, { ann: { manager: at("boss") }, old: {}, boss: {} });
  const outcomes = await applyThrough(
    world,
    await planBook(world, next),
    (invoke, cmdlet, parameters, signal) => {
      if (cmdlet === "New-MailContact") throw refused(cmdlet);
      return invoke(cmdlet, parameters, signal);
    },
  );
  expect(told(outcomes)).toContain("update ann: failed (manager-missing)");
  await applyTo(world, await planBook(world, next, keepEdits));
  expect((await managersIn(world))["ann"]).toBe(at("boss"));
});

test("a contact that Exchange does not take all of bears a stamp that tells only of what it took", async () => {
  const { world, next, outcomes } = await halfMade();
  expect(told(outcomes)).toEqual(["create ann: failed (invalid-address)"]);
  const [repair] = await planBook(world, next, keepEdits);
  expect([repair?.action, repair?.reason, repair?.withheld]).toEqual(["update", "half-made", null]);
  // It is known whose it is, should Ann leave before it is repaired.
  expect((await planBook(world, [])).map(({ action }) => action)).toEqual(["delete"]);
});

test("and a rollback takes it away", async () => {
  const { world, journal } = await halfMade();
  const inverse = await inverseOf(world, journal);
  expect(inverse.map(({ action, withheld }) => [action, withheld])).toEqual([["delete", null]]);
  await applyTo(world, inverse);
  expect(await byName(world)).toEqual(new Map());
});

/** Ann, of whom Exchange takes no title. */
async function halfMade() {
  const world = await openMailWorld();
  const journal = memoryJournal();
  const next = people(world, { ann: { jobTitle: "Lead" } });
  const between: Between = (invoke, cmdlet, parameters, signal) => {
    if (cmdlet === "Set-Contact") throw refused(cmdlet);
    return invoke(cmdlet, parameters, signal);
  };
  const outcomes = await applyThrough(world, await planBook(world, next), between, journal);
  return { world, next, outcomes, journal };
}

function refused(cmdlet: Parameters<Invoke>[0]): ExchangeError {
  return new ExchangeError({ kind: "invalid-address", message: "no", cmdlet, outcome: "refused" });
}

function unseen(cmdlet: Parameters<Invoke>[0]): ExchangeError {
  return new ExchangeError({ kind: "not-found", message: "no", cmdlet, outcome: "refused" });
}
