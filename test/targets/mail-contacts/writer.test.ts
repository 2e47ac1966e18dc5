import { describe, expect, test } from "vitest";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import { applyTo, desiredIn, planBook, settle } from "../../contract/target.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { contact, told, watch, at } from "./writing.ts";

/** Runs plans until nothing is left to do; fails when it never ends. @returns how many it took */
async function converge(world: MailWorld, desired: readonly DesiredContact[]): Promise<number> {
  for (let runs = 0; runs < 4; runs++) {
    const changes = await planBook(world, desired);
    if (changes.length === 0) return runs;
    await applyTo(world, changes);
  }
  throw new Error("It does not converge.");
}

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

test("nothing is brought into a domain that the sync does not own, whoever planned it", async () => {
  const faults = watch();
  const world = await openMailWorld({}, faults);
  const [change] = await planBook(world, [desiredIn(world, "a", contact("ann"))]);
  if (change?.action !== "create") throw new Error("It is to be created.");
  const fields = { ...change.desired.fields, emailAddresses: ["ann@elsewhere.example"] };
  const outside = { ...change, desired: { ...change.desired, fields } };
  expect(told(await applyTo(world, [outside]))).toEqual(["create ann: stale (address-not-owned)"]);
  expect(faults.cmdlets()).not.toContain("New-MailContact");
});
