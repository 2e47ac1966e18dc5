import { expect, test } from "vitest";
import type { DesiredContact } from "../../../src/model/contact.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";
import { inverseOf } from "./inverse.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { at, byName, contact, told } from "./writing.ts";

const signal = new AbortController().signal;

/** Fifty people, each the manager of the one before him, in a circle. */
function circleIn(world: MailWorld): readonly DesiredContact[] {
  const size = 50;
  return Array.from({ length: size }, (_, index) =>
    desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at(`p${(index + 1) % size}`) })),
  );
}

test("people who are each other's managers are all deleted in one run, and a rollback brings all of them back", async () => {
  const world = await openMailWorld();
  const everybody = circleIn(world);
  await settle(world, everybody);
  const before = await byName(world);
  const journal = memoryJournal();
  const outcomes = await applyTo(world, await planBook(world, []), signal, journal);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
  expect(await readAll(world)).toEqual([]);

  const inverse = await inverseOf(world, journal);
  expect(new Set((await applyTo(world, inverse)).map(({ status }) => status))).toEqual(new Set(["done"]));
  expect(await byName(world)).toEqual(before);
  expect(await planBook(world, everybody)).toEqual([]);
});

test("those who stay lose a manager who leaves, and get him back by a rollback", async () => {
  const world = await openMailWorld();
  const ann = (manager: string): DesiredContact => desiredIn(world, "ann", contact("ann", { manager }));
  const everybody = [ann(at("boss")), desiredIn(world, "boss", contact("boss"))];
  await settle(world, everybody);
  const journal = memoryJournal();
  await applyTo(world, await planBook(world, [ann("")]), signal, journal);
  expect((await byName(world)).get("ann")?.manager).toBe("");
  await applyTo(world, await inverseOf(world, journal));
  expect((await byName(world)).get("ann")?.manager).toBe(at("boss"));
  expect(await planBook(world, everybody)).toEqual([]);
});

test("who got another manager since the plan is left alone, where the plan would write a manager", async () => {
  const world = await openMailWorld();
  const team = (manager: string, jobTitle = ""): readonly DesiredContact[] => [
    desiredIn(world, "ann", contact("ann", { manager, jobTitle })),
    desiredIn(world, "bo", contact("bo")),
    desiredIn(world, "cai", contact("cai")),
    desiredIn(world, "dee", contact("dee")),
  ];
  await settle(world, team(at("bo")));
  const [promotion, move] = [
    await planBook(world, team(at("bo"), "Lead")),
    await planBook(world, team(at("cai"))),
  ];
  const live = await readAll(world);
  const idOf = (name: string): string => live.find(({ fields }) => fields.displayName === name)?.id ?? "";
  await world.exchange.invoke("Set-Contact", { Identity: idOf("ann"), Manager: idOf("dee") }, signal);
  expect(told(await applyTo(world, move))).toEqual(["update ann: stale (contact-changed)"]);
  expect(told(await applyTo(world, promotion))).toEqual(["update ann: done"]);
  expect((await byName(world)).get("ann")).toMatchObject({ manager: at("dee"), jobTitle: "Lead" });
});
