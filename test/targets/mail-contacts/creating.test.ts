import { describe, expect, test } from "vitest";
import { isGalopsAlias } from "../../../src/model/galops-alias.ts";
import { textOf } from "../../../src/sandbox/tenant/tenant.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { applyTo, desiredIn, planBook, settle } from "../../contract/target.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { watch, contact, at, told, byName } from "./writing.ts";

function contactsIn({ sandbox }: MailWorld): readonly string[] {
  return [...sandbox.store.state.orgContacts.values()].map((entry) => textOf(entry["mail"])).toSorted();
}

const signal = new AbortController().signal;

describe("creating", () => {
  test("a contact of whose making the answer was lost is found by its alias, and never doubled", async () => {
    const faults = watch(({ cmdlet }) => (cmdlet === "New-MailContact" ? "reset-after" : undefined));
    const world = await openMailWorld({}, faults);
    await settle(world, [desiredIn(world, "a", contact("ann", { jobTitle: "Lead" }))]);
    expect(contactsIn(world).filter((mail) => mail === at("ann"))).toHaveLength(1);
    expect(faults.cmdlets().filter((cmdlet) => cmdlet === "New-MailContact")).toHaveLength(1);
  });

  test("a request that was lost before it arrived is sent once more", async () => {
    const faults = watch(({ cmdlet }, count) =>
      cmdlet === "New-MailContact" && count === 1 ? "reset-before" : undefined,
    );
    const world = await openMailWorld({}, faults);
    await settle(world, [desiredIn(world, "a", contact("ann"))]);
    expect(faults.cmdlets().filter((cmdlet) => cmdlet === "New-MailContact")).toHaveLength(2);
  });

  test("a contact that Exchange does not show yet after a lost answer is waited for", async () => {
    const faults = watch(({ cmdlet }) => (cmdlet === "New-MailContact" ? "reset-after" : undefined));
    const world = await openMailWorld(
      {},
      { ...faults, exchange: { replicationLag: { anchored: 20_000, other: 60_000 } } },
    );
    const outcomes = await applyTo(world, await planBook(world, [desiredIn(world, "a", contact("ann"))]));
    expect(told(outcomes)).toEqual(["create ann: done"]);
    expect(contactsIn(world).filter((mail) => mail === at("ann"))).toHaveLength(1);
  });

  test("Exchange may take most of a minute until it knows what it made", async () => {
    const world = await openMailWorld(
      {},
      { exchange: { replicationLag: { anchored: 50_000, other: 90_000 } } },
    );
    const outcomes = await applyTo(
      world,
      await planBook(world, [desiredIn(world, "a", contact("ann", { jobTitle: "Lead" }))]),
    );
    expect(told(outcomes)).toEqual(["create ann: done"]);
    expect(await planBook(world, [desiredIn(world, "a", contact("ann", { jobTitle: "Lead" }))])).toEqual([]);
  });

  test.each(["New-MailContact", "Set-MailContact", "Set-Contact"])(
    "what a run leaves half made that is killed at %s, the next run finds and completes",
    async (killedAt) => {
      let isKilled = false;
      const faults = watch(({ cmdlet }) => {
        isKilled ||= cmdlet === killedAt;
        return isKilled ? new Response(null, { status: 401 }) : undefined;
      });
      const made: ReturnType<typeof faults.intercept>[] = [];
      let isRepaired = false;
      const world = await openMailWorld(
        {},
        {
          intercept: (request) => {
            const fault = isRepaired ? undefined : faults.intercept(request);
            // The request that New-MailContact was is carried out before everything ends.
            if (fault !== undefined && killedAt === "New-MailContact" && made.length === 0) {
              made.push(fault);
              return "reset-after";
            }
            return fault;
          },
        },
      );
      const desired = [desiredIn(world, "a", contact("ann", { jobTitle: "Lead", customAttribute3: "x" }))];
      const [first] = await applyTo(world, await planBook(world, desired));
      expect(first?.status).toBe("failed");
      expect(contactsIn(world).filter((mail) => mail === at("ann"))).toHaveLength(1);
      isRepaired = true;
      const repairs = await planBook(world, desired);
      await applyTo(world, repairs);
      expect(await planBook(world, desired)).toEqual([]);
      expect(repairs.map(({ action }) => action)).toEqual(["adopt"]);
      expect(contactsIn(world).filter((mail) => mail === at("ann"))).toHaveLength(1);
    },
  );

  test("a contact that another run made and stamped meanwhile is not written over", async () => {
    const world = await openMailWorld();
    const planned = await planBook(world, [desiredIn(world, "a", contact("ann", { jobTitle: "Lead" }))]);
    await settle(world, [desiredIn(world, "a", contact("ann", { jobTitle: "Boss" }))]);
    expect(told(await applyTo(world, planned))).toEqual(["create ann: stale (contact-changed)"]);
    expect((await byName(world)).get("ann")?.jobTitle).toBe("Boss");
  });

  test("half a contact that waits under an older name gets everything of the newer one", async () => {
    const world = await openMailWorld();
    const desired = desiredIn(world, "a", contact("ann", { givenName: "Ann" }));
    const planned = await planBook(world, [desired]);
    const parameters = {
      Name: desired.fields.alias ?? "",
      Alias: desired.fields.alias ?? "",
      DisplayName: "Older",
      FirstName: "Anne",
      ExternalEmailAddress: at("older"),
    };
    await world.exchange.invoke("New-MailContact", parameters, new AbortController().signal);
    expect(told(await applyTo(world, planned))).toEqual(["create ann: done"]);
    expect(await planBook(world, [desired])).toEqual([]);
  });

  test("an address that something deleted still holds fails that one contact, after looking for it", async () => {
    const world = await openMailWorld({}, { exchange: { heldByDeleted: [at("ann")] } });
    const desired = [desiredIn(world, "a", contact("ann")), desiredIn(world, "b", contact("bo"))];
    const outcomes = await applyTo(world, await planBook(world, desired));
    expect(told(outcomes).toSorted()).toEqual(["create ann: failed (address-lingers)", "create bo: done"]);
  });

  test.each(["pipe", "json"] as const)(
    "a Name that another recipient has gets a number, and the next run finds nothing to do (%s)",
    async (errorForm) => {
      const world = await openMailWorld({}, { exchange: { errorForm } });
      const ann = desiredIn(world, "a", contact("ann"));
      const Name = ann.fields.alias ?? "";
      const taken = { Name, Alias: "someone", ExternalEmailAddress: "x@elsewhere.example" };
      await world.exchange.invoke("New-MailContact", taken, signal);
      await settle(world, [ann, desiredIn(world, "b", contact("bo", { manager: at("ann") }))]);
      const [row] = await world.exchange.read(
        "Get-MailContact",
        { Filter: `Alias -eq '${Name}'` },
        {},
        signal,
      );
      expect(row?.["Name"]).toBe(`${Name}-2`);
      expect((await byName(world)).get("bo")?.manager).toBe(at("ann"));
    },
  );

  test("an alias that another recipient has fails that one contact, and the rest is made", async () => {
    const faults = watch();
    const world = await openMailWorld({}, faults);
    const ann = desiredIn(world, "a", contact("ann"));
    const Alias = ann.fields.alias ?? "";
    const taken = { Name: "someone", Alias, ExternalEmailAddress: "x@elsewhere.example" };
    await world.exchange.invoke("New-MailContact", taken, signal);
    faults.sent.length = 0;
    const changes = await planBook(world, [ann, desiredIn(world, "b", contact("bo"))]);
    expect(told(await applyTo(world, changes)).toSorted()).toEqual([
      "create ann: failed (name-in-use)",
      "create bo: done",
    ]);
    expect(faults.cmdlets().filter((cmdlet) => cmdlet === "New-MailContact").length).toBeLessThanOrEqual(4);
  });

  test.each([
    [true, "create ann: done"],
    [false, "create ann: failed (exchange-malformed-answer)"],
  ])(
    "what Exchange says it made, and not as what, is looked for by its alias: %s",
    async (isMade, expected) => {
      const world = await openMailWorld();
      const asked: string[] = [];
      const invoke: MailWorld["exchange"]["invoke"] = async (cmdlet, ...rest) => {
        asked.push(cmdlet);
        if (cmdlet !== "New-MailContact") return await world.exchange.invoke(cmdlet, ...rest);
        if (isMade) await world.exchange.invoke(cmdlet, ...rest);
        return [];
      };
      const exchange = { ...world.exchange, invoke };
      const writer = mailContactsWriter(world.sync, {
        exchange,
        tenantId: world.book.id,
        clock: manualClock(),
      });
      const changes = await planBook(world, [desiredIn(world, "a", contact("ann"))]);
      expect(told(await applyTo({ ...world, writer }, changes))).toEqual([expected]);
      expect(asked.filter((cmdlet) => cmdlet === "New-MailContact")).toHaveLength(1);
    },
  );

  test("the alias says that galops made it", async () => {
    const world = await openMailWorld();
    await settle(world, [desiredIn(world, "a", contact("ann"))]);
    expect(isGalopsAlias((await byName(world)).get("ann")?.alias ?? "")).toBe(true);
  });
});
