import { expect, test } from "vitest";
import type { LiveContact } from "../../src/model/contact.ts";
import { JournalError } from "../../src/model/journal.ts";
import { byCodeUnit } from "../../src/model/order.ts";
import type { Outcome } from "../../src/model/plan.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";
import { actions, applyTo, desiredIn, planBook, readAll, settle, simple, statuses } from "./target.ts";
import type { TargetWorld } from "./target.ts";

const signal = new AbortController().signal;

async function ownById(world: TargetWorld): Promise<ReadonlyMap<string, LiveContact>> {
  const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
  return new Map(own.map((live) => [live.id, live]));
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return byCodeUnit(one.id, other.id);
}

/** What every target keeps to when it is interrupted, and of its journal. */
export function journalContract(openWorld: () => Promise<TargetWorld>): void {
  test("begins nothing once it is interrupted", async () => {
    const world = await openWorld();
    const desired = [desiredIn(world, "bo", simple("Bo Li"))];
    const changes = await planBook(world, desired);
    expect(statuses(await applyTo(world, changes, AbortSignal.abort("SIGINT")))).toEqual(["skipped"]);
    expect(await planBook(world, desired)).toEqual(changes);
  });

  test("ends what was begun when it is interrupted, and a later run does the rest", async () => {
    const world = await openWorld();
    const many = Array.from({ length: 45 }, (_, at) => desiredIn(world, `p${at}`, simple(`P${at} Ek`)));
    const changes = await planBook(world, many);
    const interrupt = new AbortController();
    const outcomes: Outcome[] = [];
    const journal = memoryJournal().book("phones", world.book);
    for await (const outcome of world.writer.write(world.book, changes, journal, interrupt.signal)) {
      outcomes.push(outcome);
      interrupt.abort("SIGINT");
    }
    expect(outcomes).toHaveLength(changes.length);
    const made = statuses(outcomes).filter((status) => status === "done").length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(changes.length);
    expect(await settle(world, many)).toHaveLength(changes.length - made);
  });

  test("writes down what it does, with the whole contact as it was and what it is then", async () => {
    const world = await openWorld();
    const full = desiredIn(world, "ann", world.everyField);
    const bo = desiredIn(world, "bo", simple("Bo Li"));
    const cai = desiredIn(world, "cai", simple("Cai Oh"));
    await settle(world, [full, bo]);
    const before = await ownById(world);
    const lead = desiredIn(world, "ann", { displayName: "Ann Ek", jobTitle: "Lead", homeCity: "Lund" });
    const changes = await planBook(world, [lead, cai]);
    const journal = memoryJournal();
    await applyTo(world, changes, signal, journal);
    const after = await ownById(world);
    const entries = journal.entries().filter(({ step }) => step.action !== "folder");
    expect(entries.map(({ step }) => step.action).toSorted()).toEqual(["create", "delete", "update"]);
    expect(entries.map(({ result }) => [result?.status, result?.code])).toEqual(
      entries.map(() => ["done", ""]),
    );
    const images = entries.flatMap(({ step }) =>
      step.action === "update" || step.action === "delete" ? [step.before] : [],
    );
    const whole = [...before.values()].map(({ id, version, marker, fields }) => ({
      id,
      version,
      marker,
      fields,
    }));
    expect(images.toSorted(byId)).toEqual(whole.toSorted(byId));
    const made = entries.flatMap(({ step, result }) =>
      step.action === "create" || step.action === "update" ? [{ ...step, now: result?.after }] : [],
    );
    for (const { after: written, now } of made) {
      const live = after.get(now?.id ?? "");
      expect(live?.version).toBe(now?.version);
      expect(live?.fields).toMatchObject({ ...written.fields, ...now?.fields });
      expect(live?.marker).toEqual(written.marker);
    }
    expect(entries.find(({ step }) => step.action === "delete")).toMatchObject({
      step: { displayName: "Bo Li", photo: null },
      result: { after: null },
    });
  });

  test("writes nothing that it cannot write down", async () => {
    const world = await openWorld();
    await settle(world, [desiredIn(world, "ann", simple("Ann Ek"))]);
    const [everything, foreign] = [await readAll(world), await world.foreign()];
    const changes = await planBook(world, [desiredIn(world, "bo", simple("Bo Li"))]);
    expect(actions(changes).toSorted()).toEqual(["create (new)", "delete (left)"]);
    const journal = memoryJournal();
    journal.fill();
    await expect(applyTo(world, changes, signal, journal)).rejects.toThrow(JournalError);
    expect([await readAll(world), await world.foreign()]).toEqual([everything, foreign]);
  });
}
