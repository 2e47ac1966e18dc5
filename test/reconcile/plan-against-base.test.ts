import { expect, test } from "vitest";
import { fingerprint } from "../../src/desired/fingerprint.ts";
import type { BookRef, SkippedBook } from "../../src/model/book.ts";
import { isListField } from "../../src/model/contact-fields.ts";
import type { ContactField } from "../../src/model/contact-fields.ts";
import type { ContactFields, LiveContact } from "../../src/model/contact.ts";
import { encodeDigest } from "../../src/model/digest.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import type { Target } from "../../src/model/target.ts";
import type { BaseInput } from "../../src/reconcile/base-input.ts";
import { planAgainstBase } from "../../src/reconcile/plan-against-base.ts";
import type { PlanInput } from "../../src/reconcile/plan-input.ts";
import { readOnce } from "../../src/reconcile/read-once.ts";
import { expression } from "../fakes/people.ts";
import {
  ann,
  bo,
  book,
  chandra,
  compiled,
  inputOf,
  plan,
  planned,
  sourceOf,
  syncConfig,
  targetOf,
  unreadable,
} from "./world.ts";
import type { Planned } from "./world.ts";

const phones = syncConfig("phones");
/** A sync that gives everybody this title. */
const titled = (title: string, given = phones) =>
  compiled({
    ...given,
    fields: new Map([["jobTitle", { value: expression(`"${title}"`), policy: null, defaultValue: false }]]),
  });

/** A contact of Bo as galops wrote it. */
function bosContact(title = "Engineer", owner = phones.owner): LiveContact {
  const fields: ContactFields = {
    displayName: "Bo Li",
    givenName: "Bo",
    surname: "Li",
    fileAs: "Li, Bo",
    emailAddresses: ["bo@contoso.com"],
    jobTitle: title,
  };
  return {
    id: "bo-1",
    version: "1",
    createdAt: "",
    untouchable: null,
    marker: { owner, key: bo.key, digest: encodeDigest(fields, fingerprint), photo: "", hiddenSince: "" },
    fields,
  };
}

interface Reads {
  readonly target: Target;
  /** Each book that was read, with the fields that were asked for. */
  readonly reads: (readonly [string | null, readonly ContactField[]])[];
}

/** A target whose reads are written down, and which gives only the fields that it is asked for. */
function watchedTarget(books: readonly (BookRef | SkippedBook)[], live: readonly LiveContact[]): Reads {
  const reads: (readonly [string | null, readonly ContactField[]])[] = [];
  return {
    reads,
    target: {
      ...targetOf(books),
      async read(ref, fields) {
        reads.push([ref.mailbox, fields]);
        const asked = live.map((contact) => {
          const given = fields.map((field) => [
            field,
            contact.fields[field] ?? (isListField(field) ? [] : ""),
          ]);
          return { ...contact, fields: Object.fromEntries(given) as ContactFields };
        });
        return { live: asked, isWhole: true, isOurs: live.length > 0 };
      },
    },
  };
}

async function against(input: Partial<PlanInput>, base: Partial<BaseInput> = {}): Promise<Planned> {
  const whole = await inputOf(input);
  const { syncs, source, target } = whole;
  return await planned((onProgress) =>
    planAgainstBase(
      { ...whole, onProgress },
      { syncs, source, target, diagnostics: [], digest: "sha256:ba5e", ...base },
    ),
  );
}

const causes = ({ books }: Planned): readonly string[] =>
  books.flatMap(({ changes }) => changes.map(({ action, cause }) => `${action}: ${cause}`));

/** Without what only a comparison says. */
function alone(records: readonly PlanRecord[]): unknown {
  return JSON.parse(
    JSON.stringify(records, (key, value: unknown) =>
      key === "cause" || key === "comparison" ? undefined : value,
    ),
  );
}

test("each book is read once, with the fields of both configs, and each sees its own fields only", async () => {
  const { target, reads } = watchedTarget([book(ann)], [bosContact()]);
  const source = sourceOf([ann, bo]);
  const shared = { people: readOnce((signal) => source.people(signal)) };
  const input = { syncs: [await titled("Lead")], source: () => shared, target: () => target };
  const silent = await compiled({
    ...phones,
    fields: new Map([
      ["jobTitle", { value: null, policy: null, defaultValue: false }],
      ["personalNotes", { value: expression('"x"'), policy: null, defaultValue: false }],
    ]),
  });
  const result = await against(input, { syncs: [silent] });
  expect(reads).toHaveLength(1);
  expect(reads[0]?.[1]).toEqual(expect.arrayContaining(["jobTitle", "personalNotes"]));
  expect(source.reads()).toBe(1);
  expect(causes(result)).toEqual(["update: this-change"]);
  expect(alone(result.records)).toEqual(alone((await plan(input)).records));
});

test("the base's own sources and targets are asked where they are other ones", async () => {
  const { target, reads } = watchedTarget([book(ann)], [bosContact()]);
  const here = sourceOf([ann, bo]);
  const there = sourceOf([ann, { ...bo, jobTitle: "Lead" }]);
  const result = await against(
    { source: () => here, target: () => target },
    { source: () => there, target: () => watchedTarget([book(ann), book(chandra)], [bosContact()]).target },
  );
  // Here Bo has no title.
  expect(causes(result)).toEqual(["update: this-change"]);
  expect(reads).toHaveLength(1);
  expect(result.end.comparison).toMatchObject({
    causes: { "this-change": { update: 1 } },
    dropped: { update: 1 },
  });
});

test("a book that only the base keeps is read after the others, and what is there is told to be left behind", async () => {
  const here = watchedTarget([book(ann)], [bosContact()]);
  const there = watchedTarget([book(ann), book(chandra)], [bosContact()]);
  const result = await against(
    { syncs: [await titled("Engineer")], target: () => here.target },
    { syncs: [await titled("Lead")], target: () => there.target },
  );
  expect(there.reads.map(([mailbox]) => mailbox)).toEqual(["chandra@contoso.com"]);
  expect(result.end.comparison?.dropped.update).toBe(2);
  expect(result.warnings.map(({ code }) => code)).toEqual(["contacts-left-behind"]);
});

test("with nothing of the sync in it, such a book leaves nothing behind", async () => {
  const there = watchedTarget([book(ann), book(chandra)], []);
  const result = await against({}, { target: () => there.target });
  expect(result.warnings).toEqual([]);
});

test("a folder of another name that is not ours by its marker is another folder", async () => {
  const renamed = watchedTarget([book(ann, { folder: "Colleagues" })], []);
  const there = watchedTarget([book(ann)], [bosContact("")]);
  const result = await against(
    { syncs: [await titled("")], target: () => renamed.target },
    { syncs: [await titled("")], target: () => there.target },
  );
  expect(there.reads).toHaveLength(1);
  expect(causes(result)).toEqual(["create: this-change"]);
  const ours = watchedTarget([book(ann, { folder: "Colleagues" })], [bosContact()]);
  const unread = watchedTarget([book(ann)], []);
  const same = await against(
    { syncs: [await titled("Lead")], target: () => ours.target },
    { syncs: [await titled("Lead")], target: () => unread.target },
  );
  expect(unread.reads).toEqual([]);
  expect(causes(same)).toEqual(["update: pending"]);
});

test("a book that could not be read is no change of anybody, and what the base does not know is said once", async () => {
  const failing = targetOf([book(ann), book(bo)], ({ id }) => {
    if (id === "ann") throw unreadable();
    return [];
  });
  const unknown = await compiled({
    ...phones,
    fields: new Map([
      ["jobTitle", { value: expression("mailbox.businessPhones[0]"), policy: null, defaultValue: false }],
    ]),
  });
  const result = await against({ target: () => failing }, { syncs: [unknown] });
  expect(causes(result)).toEqual(["create: this-change"]);
  expect(result.errors.map(({ code }) => code)).toEqual(["mailbox-access-denied"]);
  expect(result.warnings.map(({ code }) => code)).toEqual(["base-not-known"]);
});

test("a source that fails is said once, for whomever it fails, and nothing is said of what this change takes away", async () => {
  const source = sourceOf([], Object.assign(new Error("gone"), { code: "x" }));
  const explain = () =>
    ({ severity: "error", code: "gone", summary: "S", detail: "D", place: null }) as const;
  const shared = { people: readOnce((signal) => source.people(signal)) };
  const other = watchedTarget([book(chandra)], [bosContact()]);
  const result = await against({ source: () => shared, explain }, { target: () => other.target });
  expect(source.reads()).toBe(1);
  expect(result.end.diagnostics.map(({ code }) => code)).toEqual(["gone"]);
  const working = { source: () => sourceOf([ann, bo]), target: () => other.target };
  const more = await against({ source: () => shared, explain }, working);
  expect(more.end.diagnostics.map(({ code }) => code)).toEqual(["gone"]);
  expect(other.reads).toEqual([]);
});

test("without a base every change is of this change, and what is known of the base is said", async () => {
  const warning = {
    severity: "warning",
    code: "base-not-found",
    summary: "S",
    detail: "D",
    place: null,
  } as const;
  const result = await against({}, { syncs: [], digest: null, diagnostics: [warning] });
  expect(causes(result)).toEqual(["create: this-change", "create: this-change"]);
  expect(result.warnings).toEqual([warning]);
  expect(result.end.comparison?.baseDigest).toBe(null);
});

test("no more is held of the base than the books that are at work", async () => {
  const owners = Array.from({ length: 12 }, (_, i) => ({
    ...ann,
    key: `t/${i}`,
    id: `p${i}`,
    mail: `p${i}@contoso.com`,
  }));
  const books = owners.map((owner) => book(owner));
  let begun = 0;
  let most = 0;
  let yielded = 0;
  const target = targetOf(books, () => {
    begun++;
    most = Math.max(most, begun - yielded);
    return [];
  });
  const whole = await inputOf({ target: () => target, parallelism: 3 });
  for await (const record of planAgainstBase(whole, { ...whole, digest: "" }))
    if (record.type === "book") yielded++;
  expect(yielded).toBe(12);
  expect(most).toBeLessThanOrEqual(4);
});
