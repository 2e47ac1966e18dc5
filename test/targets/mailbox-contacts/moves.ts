import { describe, expect, test } from "vitest";
import type { SyncPolicy } from "../../../src/model/config.ts";
import type { Change, Outcome } from "../../../src/model/plan.ts";
import { applyTo, desiredIn, planBook, readAll, settle } from "../../contract/target.ts";
import type { PlanRules, TargetWorld } from "../../contract/target.ts";
import { memoryJournal } from "../../fakes/memory-journal.ts";

/** One mailbox, as configs see it that name other folders for the same sync. */
export interface Mailbox {
  at(folder: string | null, policy?: SyncPolicy): TargetWorld;
  /** Drags the folder of that name below a folder of the user's own. */
  drag(name: string): Promise<void>;
}

const signal = new AbortController().signal;
const names = ["Ann", "Bo", "Cai"];

function people(world: TargetWorld, more: object = {}) {
  return names.map((name) => desiredIn(world, name, { displayName: name, givenName: name, ...more }));
}

function told(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, reason, key, withheld }) =>
    [action, reason, key.split("/").at(-1), ...(withheld === null ? [] : ["withheld"])].join(" "),
  );
}

const moved = names.flatMap((name) => [`create moved ${name}`, `delete moved-away ${name}`]);

async function namesIn(world: TargetWorld): Promise<readonly string[]> {
  const { live } = await world.writer.read(world.book, world.writer.fields, signal);
  const own = live.filter(({ marker }) => marker?.owner === world.owner);
  return own.map(({ fields }) => fields.displayName ?? "").toSorted();
}

/** How many contacts of ours there are anywhere. */
async function contactsOf(world: TargetWorld): Promise<number> {
  const { live, elsewhere = [] } = await world.writer.read(world.book, [], signal);
  return [...live, ...elsewhere.flatMap((place) => place.live)].filter(
    ({ marker }) => marker?.owner === world.owner,
  ).length;
}

/** Carries out changes until so many have ended, as a run does that is killed then. */
async function applyUntil(world: TargetWorld, changes: readonly Change[], ended: number): Promise<void> {
  const outcomes: Outcome[] = [];
  const kill = new AbortController();
  const journal = memoryJournal().book("phones", world.book);
  for await (const outcome of world.writer.write(world.book, changes, journal, kill.signal)) {
    outcomes.push(outcome);
    if (outcomes.length >= ended) kill.abort("SIGKILL");
  }
}

/** What becomes of contacts when the config names another folder. */
export function movesContract(name: string, open: () => Promise<Mailbox>): void {
  describe(`contacts that move in ${name}`, () => {
    test.each([
      ["set", null, "Contoso directory"],
      ["removed", "Contoso directory", null],
    ])("when a folder is %s everybody moves, each once", async (_, before, after) => {
      const mailbox = await open();
      const [old, now] = [mailbox.at(before), mailbox.at(after)];
      await settle(old, people(old));
      expect(told(await settle(now, people(now)))).toEqual(moved);
      expect(await namesIn(now)).toEqual(names);
      expect(await contactsOf(now)).toBe(names.length);
      // And back again, into the folder that was left empty.
      expect(told(await settle(old, people(old)))).toEqual(moved);
      expect(await contactsOf(old)).toBe(names.length);
    });

    test("joiners, leavers and people under a new key move with the others, all at once", async () => {
      const mailbox = await open();
      const [old, now] = [mailbox.at(null), mailbox.at("Contoso directory")];
      const withMail = (world: TargetWorld, key: string, who: string) =>
        desiredIn(world, key, {
          displayName: who,
          givenName: who,
          emailAddresses: [`${who.toLowerCase()}@contoso.com`],
        });
      await settle(
        old,
        names.map((who) => withMail(old, who, who)),
      );
      const changes = await settle(now, [
        withMail(now, "Ann", "Ann"),
        withMail(now, "Bo-2", "Bo"),
        withMail(now, "Dee", "Dee"),
      ]);
      expect(told(changes).toSorted()).toEqual([
        "create moved Ann",
        "create moved Bo-2",
        "create new Dee",
        "delete left Cai",
        "delete moved-away Ann",
        "delete moved-away Bo",
      ]);
      expect(await namesIn(now)).toEqual(["Ann", "Bo", "Dee"]);
    });

    test("what its user wrote on a contact, and the config leaves alone, goes along", async () => {
      const mailbox = await open();
      const [old, now] = [mailbox.at(null), mailbox.at("Contoso directory")];
      await settle(old, people(old, { jobTitle: "Engineer" }));
      const [ann] = await readAll(old);
      await old.edit(ann?.id ?? "", { personalNotes: "likes tea", birthday: "1974-07-22", jobTitle: "Boss" });
      await settle(now, people(now, { jobTitle: "Engineer" }));
      expect((await readAll(now)).find(({ fields }) => fields.personalNotes !== "")?.fields).toMatchObject({
        personalNotes: "likes tea",
        birthday: "1974-07-22",
        jobTitle: "Engineer",
      });
    });

    test.each([
      ["the creates", 1, null, "Contoso directory"],
      ["creates and deletes", 45, null, "Contoso directory"],
      ["the deletes", 61, null, "Contoso directory"],
      ["the creates", 1, "Contoso directory", null],
      ["creates and deletes", 45, "Contoso directory", null],
    ])(
      "a run that is killed among %s (%d) loses nobody, and the next one ends it",
      async (_, at, before, after) => {
        const mailbox = await open();
        const [old, now] = [mailbox.at(before), mailbox.at(after)];
        const many = (world: TargetWorld) =>
          Array.from({ length: 45 }, (__, who) =>
            desiredIn(world, `p${who}`, { displayName: `P${who}`, givenName: "P" }),
          );
        await settle(old, many(old));
        await applyUntil(now, await planBook(now, many(now)), at);
        const rest = await planBook(now, many(now));
        expect(rest.filter(({ action }) => action === "create").length).toBeLessThan(45);
        expect(rest.filter(({ action }) => action === "delete").length).toBeGreaterThan(0);
        await settle(now, many(now));
        expect(await contactsOf(now)).toBe(45);
        expect(new Set(await namesIn(now)).size).toBe(45);
      },
    );

    test("a run that is killed on the way back into a folder that was left is ended, too", async () => {
      const mailbox = await open();
      const [ours, own] = [mailbox.at("Contoso directory"), mailbox.at(null)];
      await settle(ours, people(ours));
      await settle(own, people(own));
      await applyUntil(ours, await planBook(ours, people(ours)), names.length);
      expect(await contactsOf(ours)).toBe(2 * names.length);
      await settle(ours, people(ours));
      expect(await contactsOf(ours)).toBe(names.length);
    });

    test("a folder that everybody has left tells nothing of where they are", async () => {
      const mailbox = await open();
      const [ours, own] = [mailbox.at("Contoso directory"), mailbox.at(null)];
      await settle(ours, people(ours));
      await settle(ours, []);
      await settle(own, people(own));
      expect(told(await settle(ours, people(ours)))).toEqual(moved);
    });

    test("a copy that its user made in his own Contacts folder after the move is left to him", async () => {
      const mailbox = await open();
      const [own, ours] = [mailbox.at(null), mailbox.at("Contoso directory")];
      await settle(own, people(own));
      const [ann] = await readAll(own);
      await applyUntil(ours, await planBook(ours, people(ours)), 3);
      await own.copy(ann?.id ?? "");
      const left = await settle(ours, people(ours));
      expect(told(left).toSorted()).toEqual([
        "delete duplicate Ann",
        "delete duplicate Ann withheld",
        "delete duplicate Bo",
        "delete duplicate Cai",
      ]);
    });

    test("a folder that its user drags below another one is still the sync's", async () => {
      const mailbox = await open();
      const [ours, own] = [mailbox.at("Contoso directory"), mailbox.at(null)];
      await settle(ours, people(ours));
      await mailbox.drag("Contoso directory");
      expect(await settle(ours, people(ours))).toEqual([]);
      expect(await settle(ours, people(ours, { jobTitle: "Lead" }))).toHaveLength(names.length);
      expect(told(await settle(own, people(own, { jobTitle: "Lead" })))).toEqual(moved);
    });

    test("a new name renames the folder; the name that its user gave it is no difference", async () => {
      const mailbox = await open();
      const [ours, named] = [mailbox.at("Contoso directory"), mailbox.at("Colleagues")];
      await settle(ours, people(ours));
      const { rename } = await named.writer.read(named.book, [], signal);
      expect(rename).toEqual({ from: "Contoso directory", withheld: null });
      expect(await settle(named, people(named))).toEqual([]);
      const journal = memoryJournal().book("phones", named.book);
      const toDo = { from: "Contoso directory", withheld: null };
      expect(await named.writer.rename?.(named.book, toDo, journal, signal)).toMatchObject({
        status: "done",
      });
      expect(await named.writer.read(named.book, [], signal)).not.toHaveProperty("rename");
      expect(await settle(named, people(named))).toEqual([]);
    });

    test("a sync that deletes nothing moves nothing: contacts are kept up to date where they are", async () => {
      const mailbox = await open();
      const old = mailbox.at(null);
      await settle(old, people(old));
      const now = mailbox.at("Contoso directory", "upsert-only");
      const rules: Partial<PlanRules> = { policy: "upsert-only", fieldPolicy: () => "overwrite" };
      const wanted = [
        ...people(now, { jobTitle: "Lead" }),
        desiredIn(now, "Dee", { displayName: "Dee", givenName: "Dee" }),
      ];
      const changes = await planBook(now, wanted, rules);
      const staying = names.map((who) => `create moved ${who} withheld`);
      expect(told(changes).toSorted()).toEqual([
        ...staying,
        "create new Dee",
        ...names.map((who) => `update source-changed ${who}`),
      ]);
      await applyTo(now, changes);
      expect(told(await planBook(now, wanted, rules))).toEqual(staying);
      expect(await contactsOf(now)).toBe(4);
    });
  });
}
