import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BookRef } from "../../src/model/book.ts";
import type { SyncPolicy } from "../../src/model/config.ts";
import { isContactField } from "../../src/model/contact-fields.ts";
import type { ContactField, FieldPolicy } from "../../src/model/contact-fields.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import { byCodeUnit } from "../../src/model/order.ts";
import { encodeDigest } from "../../src/model/digest.ts";
import type { HashValue } from "../../src/model/digest.ts";
import type { Change, Outcome } from "../../src/model/plan.ts";
import { JournalError } from "../../src/model/journal.ts";
import type { RunJournal } from "../../src/model/journal.ts";
import type { BookReading, TargetWriter } from "../../src/model/target.ts";
import { emptyValue } from "../../src/model/values.ts";
import { diffBook } from "../../src/plan/diff-book.ts";
import { memoryJournal } from "../fakes/memory-journal.ts";

/** One book of a target in a tenant of its own, with contacts of others in it. */
export interface TargetWorld {
  readonly owner: string;
  readonly book: BookRef;
  /** Whether copies may be removed from it. */
  readonly isOurs: boolean;
  readonly writer: TargetWriter;
  /** Something for every field that its contacts have. */
  readonly everyField: ContactFields;
  /** What a sync adds to the fields of a contact, because the service needs it. */
  readonly needed: (key: string, fields: ContactFields) => ContactFields;
  /** All of the tenant that is not ours, exactly as the service keeps it. */
  foreign(): Promise<unknown>;
  /** What somebody does to a contact without galops: changes fields, deletes it, copies it with its marker. */
  edit(id: string, fields: ContactFields): Promise<void>;
  remove(id: string): Promise<void>;
  copy(id: string): Promise<void>;
}

/** Not a good hash, but one that tells the values of these tests apart. */
export const hash: HashValue = (value) => {
  let sum = 0;
  for (const char of JSON.stringify(value)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 36 ** 6;
  return sum.toString(36).padStart(6, "0");
};

const signal = new AbortController().signal;

/** A person's contact as config and sources would say, in the target's canonical form. */
export function desiredIn(world: TargetWorld, key: string, given: ContactFields): DesiredContact {
  const { fields } = world.writer.canonicalize({ ...given, ...world.needed(keyOf(key), given) });
  const addresses = (fields.emailAddresses ?? []).map((address) => address.toLowerCase());
  return {
    key: keyOf(key),
    displayName: given.displayName ?? key,
    addresses,
    fields,
    digest: encodeDigest(fields, hash),
  };
}

export interface PlanRules {
  readonly fieldPolicy: (field: ContactField) => FieldPolicy;
  readonly policy: SyncPolicy;
}

const overwrite: PlanRules = { fieldPolicy: () => "overwrite", policy: "sync" };

/** Where contacts have photos, none of these has. */
function noPhoto({ writer }: TargetWorld): ContactFields {
  return writer.fields.includes("photo") ? { photo: "" } : {};
}

function keyOf(id: string): string {
  return `5b0c4f7e-0000-4000-8000-0000000000c0/${id}`;
}

function read({ writer, book }: TargetWorld): Promise<BookReading> {
  return writer.read(book, writer.fields, signal);
}

export async function readAll(world: TargetWorld): Promise<readonly LiveContact[]> {
  return (await read(world)).live;
}

export async function planBook(
  world: TargetWorld,
  desired: readonly DesiredContact[],
  rules: PlanRules = overwrite,
): Promise<readonly Change[]> {
  const { owner } = world;
  const reading = await read(world);
  const input = { owner, desired, ...reading, hash, ownsUnmarked: false, today: "2026-03-01" };
  return diffBook({ ...input, deletion: { kind: "now" }, ...rules }).changes;
}

export async function applyTo(
  world: TargetWorld,
  changes: readonly Change[],
  abort: AbortSignal = signal,
  journal: RunJournal = memoryJournal(),
): Promise<readonly Outcome[]> {
  const { writer, book } = world;
  const makeable = changes.filter(({ withheld }) => withheld === null);
  const outcomes: Outcome[] = [];
  for await (const outcome of writer.write(book, makeable, journal.book("phones", book), abort)) {
    outcomes.push(outcome);
  }
  const ended = outcomes.map(({ change }) => change);
  expect(new Set(ended).size, "each change ends in one outcome").toBe(ended.length);
  expect(new Set(ended)).toEqual(new Set(makeable));
  return outcomes;
}

/** Plans and applies once; everything is done, a second plan finds nothing, and nothing foreign was touched. */
export async function settle(
  world: TargetWorld,
  desired: readonly DesiredContact[],
): Promise<readonly Change[]> {
  const foreign = await world.foreign();
  const changes = await planBook(world, desired);
  const outcomes = await applyTo(world, changes);
  const makeable = changes.filter(({ withheld }) => withheld === null);
  expect(outcomes.map(({ status, problem }) => [status, problem])).toEqual(
    makeable.map(() => ["done", null]),
  );
  const left = await planBook(world, desired);
  expect(left.filter(({ withheld }) => withheld === null)).toEqual([]);
  expect(await world.foreign()).toEqual(foreign);
  return changes;
}

async function ownById(world: TargetWorld): Promise<ReadonlyMap<string, LiveContact>> {
  const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
  return new Map(own.map((live) => [live.id, live]));
}

function actions(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, reason }) => `${action} (${reason})`);
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return byCodeUnit(one.id, other.id);
}

function statuses(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ status }) => status).toSorted();
}

/** People of Contoso, with all that a contact can hold and some that services stumble over. */
export const everyPersonalField: ContactFields = {
  displayName: "Ann Ek",
  title: "Dr",
  givenName: "Ann",
  middleName: "Maria",
  surname: "Ek",
  generation: "Jr",
  initials: "A.M.E.",
  nickName: "Annie",
  fileAs: "Ek, Ann",
  yomiGivenName: "アン",
  yomiSurname: "エク",
  yomiCompanyName: "コントソ",
  emailAddresses: ["ann@contoso.com", "Ann.Ek@contoso.com", "ann@private.example"],
  imAddresses: ["ann@contoso.com"],
  businessPhones: ["+46 8 123 01", "+46 8 123 02"],
  mobilePhone: "+46 70 123 01",
  homePhones: ["+46 8 9"],
  jobTitle: "Head of R&D",
  profession: "Engineer",
  department: "R&D <Lund>",
  companyName: "Contoso AB",
  officeLocation: "A/1",
  manager: "Chandra Rao",
  assistantName: "Bo Li",
  businessStreet: "Gatan 1\nHus B",
  businessCity: "Lund",
  businessState: "Skåne",
  businessPostalCode: "221 00",
  businessCountry: "Sweden",
  businessHomePage: "https://contoso.com/?a=1&b=2",
  homeStreet: "Vägen 2",
  homeCity: "Malmö",
  homeState: "Skåne",
  homePostalCode: "211 20",
  homeCountry: "Sweden",
  otherStreet: "O 3",
  otherCity: "Ystad",
  otherState: "Skåne",
  otherPostalCode: "271 00",
  otherCountry: "Sweden",
  spouseName: "Ola",
  children: ["Ida", "Max"],
  birthday: "1974-07-22",
  personalNotes: "first line\nsecond 'line' \"quoted\" \\ 😀",
  categories: ["Contoso", "Blue"],
};

const emptied = ({ everyField }: TargetWorld): ContactFields =>
  Object.fromEntries(
    Object.entries(everyField).map(([field, value]) => [
      field,
      isContactField(field) ? emptyValue(field) : value,
    ]),
  );

const simple = (name: string, fields: ContactFields = {}): ContactFields => {
  const [givenName = "", surname = ""] = name.split(" ");
  const emailAddresses = [`${givenName.toLowerCase()}@contoso.com`];
  return {
    displayName: name,
    givenName,
    surname,
    emailAddresses,
    jobTitle: "",
    businessPhones: [],
    ...fields,
  };
};

/** What every target keeps to, whatever service is behind it. */
export function targetContract(name: string, openWorld: () => Promise<TargetWorld>): void {
  describe(`the target ${name}`, () => {
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
