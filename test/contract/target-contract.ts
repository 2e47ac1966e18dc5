import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isContactField } from "../../src/model/contact-fields.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import { emptyValue } from "../../src/model/values.ts";
import { journalContract } from "./journal-contract.ts";
import {
  actions,
  applyTo,
  desiredIn,
  noPhoto,
  planBook,
  readAll,
  settle,
  simple,
  statuses,
} from "./target.ts";
import type { TargetWorld } from "./target.ts";

const emptied = ({ everyField }: TargetWorld): ContactFields =>
  Object.fromEntries(
    Object.entries(everyField).map(([field, value]) => [
      field,
      isContactField(field) ? emptyValue(field) : value,
    ]),
  );

/** What every target keeps to, whatever service is behind it. */
export function targetContract(name: string, openWorld: () => Promise<TargetWorld>): void {
  describe(`the target ${name}`, () => {
    journalContract(openWorld);

    test("keeps every field that it says it has, and finds it again", async () => {
      const world = await openWorld();
      const ann = desiredIn(world, "ann", world.everyField);
      expect(actions(await settle(world, [ann]))).toEqual(["create (new)"]);
      const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
      expect(own.map(({ fields, marker }) => ({ fields: { ...fields, ...noPhoto(world) }, marker }))).toEqual(
        [
          {
            fields: { ...ann.fields, ...noPhoto(world) },
            marker: { owner: world.owner, key: ann.key, digest: ann.digest, photo: "", hiddenSince: "" },
          },
        ],
      );
    });

    test("clears what is emptied, and fills it again", async () => {
      const world = await openWorld();
      const full = desiredIn(world, "ann", world.everyField);
      const empty = desiredIn(world, "ann", emptied(world));
      await settle(world, [full]);
      expect(actions(await settle(world, [empty]))).toEqual(["update (source-changed)"]);
      expect(actions(await settle(world, [full]))).toEqual(["update (source-changed)"]);
    });

    test("leaves alone what is not managed", async () => {
      const world = await openWorld();
      const ann = desiredIn(world, "ann", world.everyField);
      await settle(world, [ann]);
      const { displayName, givenName } = world.everyField;
      const only = { displayName, givenName, businessCity: "Kiruna", jobTitle: "" } as ContactFields;
      await settle(world, [desiredIn(world, "ann", only)]);
      const [live] = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
      expect(live?.fields).toEqual({
        ...ann.fields,
        businessCity: "Kiruna",
        jobTitle: "",
        ...noPhoto(world),
      });
    });

    test("follows joiners, leavers and new keys", async () => {
      const world = await openWorld();
      const [ann, bo, cai] = ["Ann Ek", "Bo Li", "Cai Oh"].map((who) => desiredIn(world, who, simple(who)));
      const dee = desiredIn(world, "dee", simple("Dee Ray"));
      const boAgain = desiredIn(world, "bo-2", simple("Bo Li"));
      if (ann === undefined || bo === undefined || cai === undefined) throw new Error("Three people.");
      await settle(world, [ann, bo, cai]);
      const changes = await settle(world, [ann, boAgain, dee]);
      expect(actions(changes).toSorted()).toEqual(["create (new)", "delete (left)", "update (rekeyed)"]);
      expect(actions(await settle(world, []))).toHaveLength(3);
    });

    test("restores what somebody edits, and makes again what somebody deletes", async () => {
      const world = await openWorld();
      const desired = ["Ann Ek", "Bo Li"].map((who) => desiredIn(world, who, simple(who)));
      await settle(world, desired);
      const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
      const [one, other] = own;
      if (one === undefined || other === undefined) throw new Error("Two contacts.");
      await world.edit(one.id, { jobTitle: "Boss", businessPhones: ["1"] });
      await world.remove(other.id);
      expect(actions(await settle(world, desired)).toSorted()).toEqual(["create (new)", "update (edited)"]);
    });

    test("removes a copy where the book is ours, and reports it elsewhere", async () => {
      const world = await openWorld();
      const desired = [desiredIn(world, "bo", simple("Bo Li"))];
      await settle(world, desired);
      const [original] = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
      await world.copy(original?.id ?? "");
      const changes = await settle(world, desired);
      expect(actions(changes)).toEqual(["delete (duplicate)"]);
      expect(changes.map(({ withheld }) => withheld === null)).toEqual([world.isOurs]);
    });

    test("does not repeat a plan that was applied already", async () => {
      const world = await openWorld();
      const many = Array.from({ length: 45 }, (_, at) => desiredIn(world, `p${at}`, simple(`P${at} Ek`)));
      const changes = await planBook(world, many);
      await applyTo(world, changes);
      expect(new Set(statuses(await applyTo(world, changes)))).toEqual(new Set(["already-done"]));
      expect(await planBook(world, many)).toEqual([]);
      const removal = await planBook(world, many.slice(0, 15));
      await applyTo(world, removal);
      expect(new Set(statuses(await applyTo(world, removal)))).toEqual(new Set(["already-done"]));
      expect(await planBook(world, many.slice(0, 15))).toEqual([]);
    });

    test("does not overwrite what changed since the plan, and goes on with the rest", async () => {
      const world = await openWorld();
      const names = ["Ann Ek", "Bo Li", "Cai Oh", "Dee Ray"];
      await settle(
        world,
        names.map((who) => desiredIn(world, who, simple(who))),
      );
      const promoted = names
        .slice(0, 3)
        .map((who) => desiredIn(world, who, simple(who, { jobTitle: "Lead" })));
      const changes = await planBook(world, promoted);
      const own = new Map((await readAll(world)).map((live) => [live.fields.displayName, live.id]));
      await world.edit(own.get("Ann Ek") ?? "", { jobTitle: "Boss" });
      await world.remove(own.get("Bo Li") ?? "");
      await world.edit(own.get("Dee Ray") ?? "", { businessPhones: ["9"] });
      expect(statuses(await applyTo(world, changes))).toEqual(["done", "stale", "stale", "stale"]);
      const now = new Map((await readAll(world)).map(({ fields }) => [fields.displayName, fields]));
      expect(now.get("Ann Ek")?.jobTitle).toBe("Boss");
      expect(now.get("Cai Oh")?.jobTitle).toBe("Lead");
      expect(now.get("Dee Ray")?.businessPhones).toEqual(["9"]);
      await settle(world, promoted);
    });

    test("any people become any other people", async () => {
      expect.hasAssertions();
      const world = await openWorld();
      const person = fc.record({
        key: fc.constantFrom("a", "b", "c", "d", "e", "f"),
        fields: fc.record({
          displayName: fc.string({ unit: "grapheme", maxLength: 20 }),
          givenName: fc.constantFrom("", "Ann", "José"),
          surname: fc.constantFrom("", "Ek", "Łoś"),
          fileAs: fc.constantFrom("", "x"),
          emailAddresses: fc.array(fc.constantFrom("a@x.example", "b@x.example", "not one"), {
            maxLength: 4,
          }),
          businessPhones: fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
          homeCity: fc.constantFrom("", "Lund"),
          personalNotes: fc.string({ unit: "binary", maxLength: 30 }),
        }),
      });
      const people = fc.uniqueArray(person, { selector: ({ key }) => key });
      await fc.assert(
        fc.asyncProperty(people, async (chosen) => {
          await settle(
            world,
            chosen.map(({ key, fields }) => desiredIn(world, key, fields)),
          );
        }),
        { numRuns: 30 },
      );
    });
  });
}
