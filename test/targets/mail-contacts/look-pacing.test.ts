import { expect, test } from "vitest";
import type { Wait } from "../../../src/http/wait.ts";
import { mailContactsWriter } from "../../../src/targets/mail-contacts/writer.ts";
import { applyTo, desiredIn, planBook } from "../../contract/target.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openMailWorld } from "./world.ts";
import { at, contact, told } from "./writing.ts";

/** What becomes of so many people whose addresses something deleted holds, and what is said while it is waited. */
async function held(count: number) {
  const clock = manualClock();
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  const world = await openMailWorld({}, { clock, exchange: { heldByDeleted: names.map(at) } });
  const waits: Wait[] = [];
  const writer = mailContactsWriter(world.sync, {
    exchange: world.exchange,
    tenantId: world.book.id,
    clock,
    onWait: (wait) => waits.push(wait),
  });
  const people = names.map((name) => desiredIn(world, name, contact(name)));
  const outcomes = await applyTo({ ...world, writer }, await planBook(world, people));
  const looked = clock.slept.filter((ms) => ms >= 5000).reduce((sum, ms) => sum + ms, 0) / 1000;
  return { outcomes, waits, looked };
}

test("whoever waits for an address that something deleted may hold is told so, once and for a minute", async () => {
  const { outcomes, waits, looked } = await held(1);
  expect(told(outcomes)).toEqual(["create p0: failed (address-lingers)"]);
  const reason = "for an address that something deleted may hold";
  expect(waits).toEqual([{ lane: "exchange", seconds: 60, reason }]);
  expect(looked).toBe(60);
});

test("what never came is not waited for again and again", async () => {
  const { outcomes, waits } = await held(60);
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["failed"]));
  // Those that are in hand at a time wait together, and are told of once.
  expect(waits.length).toBeLessThan(5);
});
