import { expect } from "vitest";
import type { BookRef } from "../../src/model/book.ts";
import type { Deletion, SyncPolicy } from "../../src/model/config.ts";
import type { ContactField, FieldPolicy } from "../../src/model/contact-fields.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import { encodeDigest } from "../../src/model/digest.ts";
import type { HashValue } from "../../src/model/digest.ts";
import type { Change, Outcome } from "../../src/model/plan.ts";
import type { RunJournal } from "../../src/model/journal.ts";
import type { BookReading, TargetWriter } from "../../src/model/target.ts";
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
  readonly deletion: Deletion;
  readonly today: string;
}

const overwrite: PlanRules = {
  fieldPolicy: () => "overwrite",
  policy: "sync",
  deletion: { kind: "now" },
  today: "2026-03-01",
};

/** Where contacts have photos, none of these has. */
export function noPhoto({ writer }: TargetWorld): ContactFields {
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
  rules: Partial<PlanRules> = {},
): Promise<readonly Change[]> {
  const { owner } = world;
  const reading = await read(world);
  const input = { owner, desired, ...reading, hash, ownsAll: false };
  return diffBook({ ...input, ...overwrite, ...rules }).changes;
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

export function actions(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, reason }) => `${action} (${reason})`);
}

export function statuses(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ status }) => status).toSorted();
}

/** A person with little more than a name. */
export const simple = (name: string, fields: ContactFields = {}): ContactFields => {
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
