import { describe, expect, test } from "vitest";
import type { LiveContact } from "../../../src/model/contact.ts";
import type { MailContactsSync } from "../../../src/model/config.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { contact } from "./writing.ts";

const signal = new AbortController().signal;
const grace = { deletion: { kind: "grace", days: 30 }, today: "2026-03-01" } as const;

/** The same sync as its config says it later. */
function keepingStampIn(world: MailWorld, stamp: MailContactsSync["to"]["stamp"]): MailWorld {
  const sync = { ...world.sync, to: { ...world.sync.to, stamp } };
  const tenantId = world.book.id;
  const writer = mailContactsWriter(sync, { exchange: world.exchange, tenantId, clock: manualClock() });
  return { ...world, sync, writer };
}

async function set(world: MailWorld, id: string, attribute: string, value: string | null): Promise<void> {
  await world.exchange.invoke("Set-MailContact", { Identity: id, [attribute]: value }, signal);
}

async function only(world: MailWorld): Promise<LiveContact> {
  const [live] = await readAll(world);
  if (live === undefined) throw new Error("There is no contact.");
  return live;
}

describe("another attribute for the stamp", () => {
  test("takes the stamps along, and leaves nothing in the old one", async () => {
    const before = await openMailWorld();
    const people = [desiredIn(before, "ann", contact("ann")), desiredIn(before, "bo", contact("bo"))];
    await settle(before, people);
    const world = keepingStampIn(before, "customAttribute3");
    const changes = await planBook(world, people);
    expect(changes.map(({ action, reason, fields }) => [action, reason, fields])).toEqual([
      ["update", "marker-moved", []],
      ["update", "marker-moved", []],
    ]);
    await applyTo(world, changes);
    expect(await planBook(world, people)).toEqual([]);
    const kept = [...world.sandbox.store.state.orgContacts.values()].map(({ exchange }) => exchange);
    expect(kept.filter((one) => one?.["CustomAttribute3"] !== undefined)).toHaveLength(2);
    expect(
      kept.filter((one) => JSON.stringify(one?.["CustomAttribute15"] ?? "").includes("galops:")),
    ).toEqual([]);
  });

  test("gives the old one to what the config maps to it", async () => {
    const before = await openMailWorld();
    await settle(before, [desiredIn(before, "ann", contact("ann"))]);
    const world = keepingStampIn(before, "customAttribute3");
    const ann = desiredIn(world, "ann", contact("ann", { customAttribute15: "vip" }));
    await applyTo(world, await planBook(world, [ann]));
    expect(await planBook(world, [ann])).toEqual([]);
    expect((await only(world)).fields.customAttribute15).toBe("vip");
  });

  test("forgets nobody who left: hidden contacts are deleted when their grace has passed", async () => {
    const before = await openMailWorld();
    await settle(before, [desiredIn(before, "ann", contact("ann"))]);
    await applyTo(before, await planBook(before, [], grace));
    const world = keepingStampIn(before, "customAttribute3");
    expect(await planBook(world, [], grace)).toEqual([]);
    const later = await planBook(world, [], { ...grace, today: "2026-03-31" });
    expect(later.map(({ action, reason }) => [action, reason])).toEqual([["delete", "grace-ended"]]);
    await applyTo(world, later);
    expect(await readAll(world)).toEqual([]);
  });
});

describe("what somebody else keeps where the stamp belongs", () => {
  test("withholds that contact, with what to do, and everything else goes on", async () => {
    const world = await openMailWorld();
    const ann = desiredIn(world, "ann", contact("ann"));
    await settle(world, [ann]);
    await set(world, (await only(world)).id, "CustomAttribute15", "cost centre 7");
    const bo = desiredIn(world, "bo", contact("bo"));
    const changes = await planBook(world, [ann, bo]);
    expect(changes.map(({ action, displayName, withheld }) => [action, displayName, withheld])).toEqual([
      [
        "adopt",
        "ann",
        "Its CustomAttribute15, which galops uses for the stamp, contains something else. Clear the attribute, or set `to.stamp` to an unused one.",
      ],
      ["create", "bo", null],
    ]);
  });

  test("is not overwritten by a plan that somebody tampered with", async () => {
    const world = await openMailWorld({ control: "complete" });
    const ann = desiredIn(world, "ann", contact("ann"));
    await settle(world, [ann]);
    await set(world, (await only(world)).id, "CustomAttribute15", "cost centre 7");
    const forced = (await planBook(world, [ann])).map((change) => ({ ...change, withheld: null }));
    const outcomes = await applyTo(world, forced);
    expect(outcomes.map(({ problem }) => problem?.code)).toEqual(["contact-not-owned"]);
  });

  test("cleared, the contact is ours again, by its alias", async () => {
    const world = await openMailWorld();
    const ann = desiredIn(world, "ann", contact("ann"));
    await settle(world, [ann]);
    const { id } = await only(world);
    await set(world, id, "CustomAttribute15", "cost centre 7");
    await set(world, id, "CustomAttribute15", null);
    await applyTo(world, await planBook(world, [ann]));
    expect(await planBook(world, [ann])).toEqual([]);
  });

  test("is no concern of the sync in a contact that it did not make", async () => {
    const world = await openMailWorld();
    const others = { ExternalEmailAddress: "x@northwind.example", Name: "x" };
    const rows = await world.exchange.invoke("New-MailContact", others, signal);
    await set(world, String(rows[0]?.["Guid"]), "CustomAttribute15", "cost centre 7");
    await settle(world, [desiredIn(world, "ann", contact("ann"))]);
    expect(await readAll(world)).toHaveLength(2);
  });
});
