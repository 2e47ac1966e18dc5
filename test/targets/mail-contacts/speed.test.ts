import { expect, test } from "vitest";
import type { ContactFields, DesiredContact } from "../../../src/model/contact.ts";
import type { Change as SandboxChange } from "../../../src/sandbox/tenant/tenant.ts";
import { applyTo, desiredIn, planBook, readAll } from "../../contract/target.ts";
import { patientClock } from "../../fakes/patient-clock.ts";
import { openMailWorld } from "./world.ts";
import type { MailWorld } from "./world.ts";
import { at, contact, watch } from "./writing.ts";

const signal = new AbortController().signal;
const count = 100;

function staff(world: MailWorld, more: ContactFields): readonly DesiredContact[] {
  return Array.from({ length: count }, (_, index) =>
    desiredIn(world, `p${index}`, contact(`p${index}`, { manager: at(`p${index >> 3}`), ...more })),
  );
}

test("writing takes as long as the plan forecasts, whatever the writes are", async () => {
  const clock = patientClock();
  const latency = { "*": 1500, "Get-MailContact": 800, "Get-Contact": 800 };
  const world = await openMailWorld({}, { clock, exchange: { latency } });
  for (const people of [staff(world, { jobTitle: "Lead" }), staff(world, { jobTitle: "Head" }), []]) {
    const changes = await planBook(world, people);
    const forecast = world.writer.forecastSeconds(changes) ?? 0;
    const begun = clock.now();
    const outcomes = await applyTo(world, changes);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(["done"]));
    const kind = changes[0]?.action ?? "";
    expect([kind, (clock.now() - begun) / 1000 / forecast < 1.1]).toEqual([kind, true]);
  }
});

test("a plan without changes for 5,000 mail contacts takes at most 12 requests", async () => {
  const faults = watch();
  const world = await openMailWorld({}, faults);
  const { store } = world.sandbox;
  const others = store.state.orgContacts.size;
  store.commit(Array.from({ length: 5000 - others }, (_, index) => mailContact(index)));
  for await (const book of world.writer.books(signal)) expect(book).toEqual(world.book);
  expect(await readAll(world)).toHaveLength(5000 - others);
  expect(await world.writer.conflicts([], signal)).toEqual([]);
  expect(faults.sent.length).toBeLessThanOrEqual(12);
});

function mailContact(index: number): SandboxChange {
  const mail = at(`p${index}`);
  const id = `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`;
  const proxyAddresses = [`SMTP:${mail}`];
  return {
    put: "orgContact",
    value: { id, displayName: mail, mail, mailNickname: `p${index}`, proxyAddresses },
  };
}
