import { describe, expect, test } from "vitest";
import { isGalopsAlias } from "../../../src/desired/alias.ts";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import { textOf } from "../../../src/sandbox/tenant.ts";
import type { ExchangeRequest } from "../../../src/sandbox/wire.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";

const contact = (local: string, more: ContactFields = {}): ContactFields => ({
  displayName: local,
  emailAddresses: [`${local}@contoso.com`],
  jobTitle: "",
  manager: "",
  ...more,
});

const at = (local: string): string => `${local}@northwind.example`;

function told(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(
    ({ change, status, problem }) =>
      `${change.action} ${change.displayName}: ${problem === null ? status : `${status} (${problem.code})`}`,
  );
}

/** Runs plans until nothing is left to do; fails when it never ends. @returns how many it took */
async function converge(world: MailWorld, desired: readonly DesiredContact[]): Promise<number> {
  for (let runs = 0; runs < 4; runs++) {
    const changes = await planBook(world, desired);
    if (changes.length === 0) return runs;
    await applyTo(world, changes);
  }
  throw new Error("It does not converge.");
}

async function byName(world: MailWorld): Promise<ReadonlyMap<string, ContactFields>> {
  const live = await readAll(world);
  return new Map(live.map(({ fields }) => [fields.displayName ?? "", fields]));
}

function contactsIn({ sandbox }: MailWorld): readonly string[] {
  return [...sandbox.store.state.orgContacts.values()].map((entry) => textOf(entry["mail"])).toSorted();
}

/** Cmdlets that were sent, in order, and what can be done to each. */
function watch(
  fault: (
    request: ExchangeRequest,
    count: number,
  ) => "reset-before" | "reset-after" | Response | undefined = () => undefined,
) {
  const sent: ExchangeRequest[] = [];
  const counts = new Map<string, number>();
  return {
    sent,
    cmdlets: () => sent.map(({ cmdlet }) => cmdlet),
    intercept(request: { readonly service: string }) {
      if (request.service !== "exchange") return undefined;
      const asked = request as ExchangeRequest; // the only one of that service
      sent.push(asked);
      const count = (counts.get(asked.cmdlet) ?? 0) + 1;
      counts.set(asked.cmdlet, count);
      return fault(asked, count);
    },
  };
}

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

  test("a chain of three moves on in one run, whichever of them is slow", async () => {
    const world = await openMailWorld({}, { exchange: { latency: { "Set-MailContact": 3000 } } });
    const names = (...locals: readonly string[]): readonly DesiredContact[] =>
      locals.map((local, index) =>
        desiredIn(world, `p${index}`, contact(local, { displayName: `p${index}` })),
      );
    await settle(world, names("a", "b", "c"));
    const changes = await planBook(world, names("b", "c", "d"));
    expect(told(await applyTo(world, changes)).toSorted()).toEqual([
      "update p0: done",
      "update p1: done",
      "update p2: done",
    ]);
    expect((await byName(world)).get("p0")?.emailAddresses).toEqual([at("b")]);
  });

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

describe("managers", () => {
  test("who is made in the same run is the manager of those who need him, in any order and in a circle", async () => {
    const world = await openMailWorld();
    const people = [
      desiredIn(world, "a", contact("ann", { manager: at("bo") })),
      desiredIn(world, "b", contact("bo", { manager: at("cai") })),
      desiredIn(world, "c", contact("cai", { manager: at("ann") })),
      desiredIn(world, "d", contact("dee", { manager: at("dee") })),
    ];
    await settle(world, people);
    const managers = [...(await byName(world))].map(([name, { manager }]) => `${name} < ${String(manager)}`);
    expect(managers.toSorted()).toEqual([
      `ann < ${at("bo")}`,
      `bo < ${at("cai")}`,
      `cai < ${at("ann")}`,
      `dee < ${at("dee")}`,
    ]);
  });

  test("a manager whose own address changes in the same run is still found", async () => {
    const world = await openMailWorld();
    const team = (boss: string, manager: string): readonly DesiredContact[] => [
      desiredIn(world, "boss", contact(boss, { displayName: "Boss" })),
      desiredIn(world, "ann", contact("ann", { manager })),
    ];
    await settle(world, team("old", ""));
    const changes = await planBook(world, team("new", at("new")));
    await applyTo(world, changes);
    expect((await byName(world)).get("ann")?.manager).toBe(at("new"));
  });

  test("a manager who leaves in the same run in which his people get another one leaves no one stale", async () => {
    const world = await openMailWorld({}, { exchange: { latency: { "Remove-MailContact": 1, "*": 100 } } });
    const before = [
      desiredIn(world, "boss", contact("boss")),
      desiredIn(world, "next", contact("next")),
      ...Array.from({ length: 40 }, (_, index) =>
        desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at("boss") })),
      ),
    ];
    await settle(world, before);
    const after = [
      desiredIn(world, "next", contact("next")),
      ...Array.from({ length: 40 }, (_, index) =>
        desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at("next") })),
      ),
    ];
    const outcomes = await applyTo(world, await planBook(world, after));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
    expect(await planBook(world, after)).toEqual([]);
  });

  test("who waits for his manager gets him, also where Exchange does not see the one who waits at first", async () => {
    let waits = 0;
    const faults = watch(({ cmdlet, parameters }) =>
      cmdlet === "Set-Contact" && Object.keys(parameters).join(" ") === "Identity Manager" && waits++ < 3
        ? notFound()
        : undefined,
    );
    const world = await openMailWorld({}, faults);
    const circle = [
      desiredIn(world, "a", contact("ann", { manager: at("bo") })),
      desiredIn(world, "b", contact("bo", { manager: at("ann") })),
    ];
    await applyTo(world, await planBook(world, circle));
    expect((await byName(world)).get("ann")?.manager).toBe(at("bo"));
    expect((await byName(world)).get("bo")?.manager).toBe(at("ann"));
  });
});

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
      expect(repairs.map(({ action }) => action)).toEqual([killedAt === "Set-Contact" ? "update" : "adopt"]);
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
    "a name that somebody else has fails that one contact (%s)",
    async (errorForm) => {
      const world = await openMailWorld({}, { exchange: { errorForm } });
      const ann = desiredIn(world, "a", contact("ann"));
      const parameters = {
        Name: ann.fields.alias ?? "",
        Alias: "someone",
        ExternalEmailAddress: "x@elsewhere.example",
      };
      const { rows } = await world.exchange.invoke(
        "New-MailContact",
        parameters,
        new AbortController().signal,
      );
      const outcomes = await applyTo(
        world,
        await planBook(world, [ann, desiredIn(world, "b", contact("bo"))]),
      );
      expect(told(outcomes).toSorted()).toEqual(["create ann: failed (name-in-use)", "create bo: done"]);
      expect(rows[0]?.["Alias"]).toBe("someone");
    },
  );

  test("the alias says that galops made it", async () => {
    const world = await openMailWorld();
    await settle(world, [desiredIn(world, "a", contact("ann"))]);
    expect(isGalopsAlias((await byName(world)).get("ann")?.alias ?? "")).toBe(true);
  });
});

describe("what stands in the way of more than one contact", () => {
  const many = (world: MailWorld, count: number, more: ContactFields = {}): readonly DesiredContact[] =>
    Array.from({ length: count }, (_, index) => desiredIn(world, `p${index}`, contact(`p${index}`, more)));

  test("a creation quota stops the creates, is told once, and lets updates and deletes go on", async () => {
    const world = await openMailWorld({}, { exchange: { creationQuota: 30 } });
    await settle(world, many(world, 20));
    const next = [
      ...many(world, 15, { jobTitle: "Lead" }),
      ...Array.from({ length: 60 }, (_, index) => desiredIn(world, `n${index}`, contact(`n${index}`))),
    ];
    const outcomes = await applyTo(world, await planBook(world, next));
    const count = (prefix: string, status: string): number =>
      told(outcomes).filter((line) => line.startsWith(prefix) && line.includes(`: ${status}`)).length;
    expect(count("update", "done")).toBe(15);
    expect(count("delete", "done")).toBe(5);
    expect(count("create", "done")).toBe(10);
    expect(count("create", "failed (creation-quota)")).toBe(1);
    expect(count("create", "skipped (creation-quota)")).toBe(49);
  });

  test("without a role it stops at once and says so once", async () => {
    const faults = watch();
    const exchange: { access?: "no-rbac" } = {};
    const world = await openMailWorld({}, { ...faults, exchange });
    const changes = await planBook(world, many(world, 40));
    exchange.access = "no-rbac";
    faults.sent.length = 0;
    const outcomes = await applyTo(world, changes);
    const lines = outcomes.map(({ status, problem }) => `${status} ${String(problem?.code)}`);
    expect(lines.filter((line) => line === "failed exchange-role-missing")).toHaveLength(1);
    expect(lines.filter((line) => line === "skipped exchange-role-missing")).toHaveLength(39);
    expect(faults.sent.length).toBeLessThan(10);
  });

  test("a signal stops what was not begun, and what was begun is whole", async () => {
    const interrupt = new AbortController();
    const faults = watch(({ cmdlet }, count) => {
      if (cmdlet === "New-MailContact" && count === 5) interrupt.abort("SIGINT");
      return undefined;
    });
    const world = await openMailWorld({}, faults);
    const desired = many(world, 60, { jobTitle: "Lead" });
    const outcomes = await applyTo(world, await planBook(world, desired), interrupt.signal);
    const done = outcomes.filter(({ status }) => status === "done").length;
    expect(done).toBeGreaterThan(0);
    expect(told(outcomes).filter((line) => line.includes("skipped (interrupted)"))).toHaveLength(60 - done);
    const left = await planBook(world, desired);
    expect(left.map(({ action }) => action)).toEqual(Array.from({ length: 60 - done }, () => "create"));
  });

  test("throttling is waited out, in both its forms", async () => {
    for (const throttle of [
      { every: 5, retryAfter: 3, form: "json" },
      { every: 5, retryAfter: null, form: "text" },
    ] as const) {
      const world = await openMailWorld({}, { exchange: { throttle } });
      expect(await converge(world, many(world, 10))).toBe(1);
      expect(await converge(world, [])).toBe(1);
    }
  });

  test("nobody waits for ever for a manager when the journal cannot be written any more", async () => {
    const { memoryJournal } = await import("../../fakes/memory-journal.ts");
    const world = await openMailWorld();
    const boss = desiredIn(world, "boss", contact("boss"));
    const changes = await planBook(world, [boss, ...many(world, 10, { manager: at("boss") })]);
    const journal = memoryJournal();
    journal.fill();
    await expect(applyTo(world, changes, new AbortController().signal, journal)).rejects.toThrow(
      /disk is full/,
    );
  });
});

function notFound(): Response {
  const message =
    "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found.";
  const error = {
    code: "NotFound",
    message: "Error executing cmdlet",
    details: [{ code: "Client", target: "", message }],
  };
  return new Response(JSON.stringify({ error }), {
    status: 404,
    headers: { "Content-Type": "application/json" },
  });
}
