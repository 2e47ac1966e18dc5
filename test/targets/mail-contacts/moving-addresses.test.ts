import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ExchangeClient } from "../../../src/http/exchange/exchange.ts";
import type { DesiredContact } from "../../../src/model/contact.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openMailWorld } from "./world.ts";
import { contact, told, byName, at } from "./writing.ts";

describe("addresses that pass from one contact to another", () => {
  test("a delete frees the address of a create of the same run, however slow it is", async () => {
    const latency = { "Remove-MailContact": 5000, "*": 10 };
    const world = await openMailWorld({}, { exchange: { latency } });
    await settle(world, [desiredIn(world, "old", contact("sales"))]);
    const next = [desiredIn(world, "new", contact("sales"))];
    const changes = await planBook(world, next);
    // Not recognized as the same person, as with an address that only the new one has among others.
    const split = changes.flatMap((change) =>
      change.action === "update"
        ? [
            { ...change, action: "create" as const },
            { ...change, action: "delete" as const, fields: change.fields.length > 0 ? change.fields : [] },
          ]
        : [change],
    );
    expect(split.map(({ action }) => action)).toEqual(["create", "delete"]);
    const live = (await readAll(world))[0];
    const planned = split.map((change) =>
      change.action === "delete"
        ? {
            ...change,
            displayName: "gone",
            fields: [
              { field: "emailAddresses" as const, before: live?.fields.emailAddresses ?? [], after: null },
            ],
          }
        : change,
    );
    expect(told(await applyTo(world, planned)).toSorted()).toEqual(
      ["create new: done", "delete gone: done"].map((line) => line.replace("new", "sales")),
    );
  });

  test.each([0, 1])(
    "a chain of three moves on in one run, also where the one at %i is slow",
    async (slow) => {
      const world = await openMailWorld();
      const names = (...locals: readonly string[]): readonly DesiredContact[] =>
        locals.map((local, index) =>
          desiredIn(world, `p${index}`, contact(local, { displayName: `p${index}` })),
        );
      await settle(world, names("a", "b", "c"));
      const changes = await planBook(world, names("b", "c", "d"));
      // Those who wait for the address have every chance to ask for it too early.
      const slowAddress = ["d", "c"].map(at)[slow];
      const invoke: ExchangeClient["invoke"] = async (cmdlet, parameters, signal) => {
        if (parameters["ExternalEmailAddress"] === slowAddress) await everythingElse();
        return await world.exchange.invoke(cmdlet, parameters, signal);
      };
      const exchange = { ...world.exchange, invoke };
      const writer = mailContactsWriter(world.sync, {
        exchange,
        tenantId: world.book.id,
        clock: manualClock(),
      });
      expect(told(await applyTo({ ...world, writer }, changes)).toSorted()).toEqual([
        "update p0: done",
        "update p1: done",
        "update p2: done",
      ]);
      expect((await byName(world)).get("p0")?.emailAddresses).toEqual([at("b")]);
    },
  );

  test("two that would exchange theirs are told when it is planned, and never begun halfway", async () => {
    const world = await openMailWorld();
    const pair = (one: string, other: string): readonly DesiredContact[] => [
      desiredIn(world, "one", contact(one, { displayName: "One" })),
      desiredIn(world, "other", contact(other, { displayName: "Other" })),
    ];
    await settle(world, pair("a", "b"));
    const changes = await planBook(world, pair("b", "a"));
    const conflicts = await world.writer.conflicts(changes, new AbortController().signal);
    expect(conflicts.map(({ change }) => change.displayName).toSorted()).toEqual(["One", "Other"]);
    expect(conflicts[0]?.reason).toMatch(/would exchange their addresses/);
  });
});

/** Resolves when all that waits for nothing outside of the process has been done. */
async function everythingElse(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
}
