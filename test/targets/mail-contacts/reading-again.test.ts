import { expect, test } from "vitest";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { contact, watch } from "./writing.ts";

const signal = new AbortController().signal;

function staff(world: MailWorld, count: number, more: ContactFields = {}): readonly DesiredContact[] {
  return Array.from({ length: count }, (_, index) =>
    desiredIn(world, `p${index}`, contact(`p${index}`, more)),
  );
}

/** A tenant whose reads fail from some time on. */
async function failingReads() {
  const failing = { is: false };
  const faults = watch(({ cmdlet }) =>
    failing.is && cmdlet.startsWith("Get-") ? new Response(null, { status: 403 }) : undefined,
  );
  return { world: await openMailWorld({}, faults), failing, faults };
}

test("where contacts cannot be read again none is changed", async () => {
  const { world, failing, faults } = await failingReads();
  await settle(world, staff(world, 30));
  const changes = await planBook(world, staff(world, 30, { jobTitle: "Lead" }));
  failing.is = true;
  faults.sent.length = 0;
  const outcomes = await applyTo(world, changes);
  expect(new Set(faults.cmdlets())).toEqual(new Set(["Get-MailContact"]));
  const statuses = outcomes.map(({ status }) => status).toSorted();
  expect(statuses).toEqual(["failed", ...Array.from({ length: 29 }, () => "skipped")]);
});

test("where contacts cannot be read afterwards they are done all the same, and not asked for again and again", async () => {
  const { world, failing, faults } = await failingReads();
  const changes = await planBook(world, staff(world, 80));
  failing.is = true;
  faults.sent.length = 0;
  const journal = memoryJournal();
  const outcomes = await applyTo(world, changes, signal, journal);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
  expect(faults.cmdlets().filter((cmdlet) => cmdlet.startsWith("Get-"))).toHaveLength(1);
  const results = journal.entries().map(({ result }) => [result?.status, result?.after?.fields]);
  expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(new Set(['["done",null]']));
});

test("contacts are read again a few before they are written, not all at the beginning", async () => {
  const faults = watch();
  const world = await openMailWorld({}, faults);
  await settle(world, staff(world, 100));
  const changes = await planBook(world, staff(world, 100, { jobTitle: "Lead" }));
  faults.sent.length = 0;
  await applyTo(world, changes);
  const cmdlets = faults.cmdlets();
  const written = (upTo: number): number =>
    cmdlets.slice(0, upTo).filter((cmdlet) => cmdlet === "Set-Contact").length;
  const reads = cmdlets.flatMap((cmdlet, index) => (cmdlet === "Get-MailContact" ? [written(index)] : []));
  // Before 0, 25, 50 and 75 are written, each a few writes ahead; afterwards once 25, 50, 75 and 100 are.
  expect(reads).toHaveLength(8);
  expect(reads[0]).toBe(0);
  expect(reads.filter((count) => count < 50)).toHaveLength(4);
});

test("a duplicate is left whose original was deleted since the plan", async () => {
  const world = await openMailWorld();
  const desired = staff(world, 2);
  await settle(world, desired);
  const [original] = await readAll(world);
  await world.copy(original?.id ?? "");
  const changes = await planBook(world, desired);
  expect(changes.map(({ action, reason }) => `${action} ${reason}`)).toEqual(["delete duplicate"]);
  await world.remove(original?.id ?? "");
  const outcomes = await applyTo(world, changes);
  expect(outcomes.map(({ status, problem }) => [status, problem?.code])).toEqual([
    ["stale", "survivor-gone"],
  ]);
  expect(await readAll(world)).toHaveLength(2);
});
