import { expect, test } from "vitest";
import type { Allowance } from "../../src/model/allowance.ts";
import type { ApprovalException } from "../../src/model/config.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import type { BookPlan, Change, PlanRecord } from "../../src/model/plan.ts";
import { beyondApproved } from "../../src/plan/beyond-approved.ts";
import type { DiffInput } from "../../src/plan/diff-book.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import {
  ann,
  bo,
  book,
  bookPlan,
  chandra,
  collected,
  desired,
  diff,
  live,
  planOf,
  streamed,
} from "./world.ts";

const chief: ContactFields = { ...ann, jobTitle: "Chief" };
const have = [live("a", ann), live("b", bo), live("c", chandra)];
const want = [desired("a", chief), desired("b", bo), desired("d", ann)];
const none: readonly ApprovalException[] = [];
const everything: readonly ApprovalException[] = ["drift", "source-changed", "left"];

interface Terms {
  readonly allow?: readonly ApprovalException[];
  readonly allowances?: readonly Allowance[];
}

async function beyond(
  plan: readonly PlanRecord[],
  approved: readonly PlanRecord[],
  { allow = none, allowances = [] }: Terms = {},
): Promise<readonly PlanRecord[]> {
  const syncs = approved.flatMap((record) => (record.type === "sync" ? [record.name] : []));
  return await collected(
    beyondApproved(streamed(plan), { records: streamed(approved), syncs, allow, allowances }),
  );
}

/** A plan of one sync and one mailbox. */
function oneBook(
  contacts: readonly LiveContact[],
  wanted: readonly DesiredContact[],
  rules: Partial<DiffInput> = {},
): readonly PlanRecord[] {
  const changes = diff({ live: contacts, desired: wanted, ...rules });
  return planOf([{ name: "staff", books: [bookPlan(book("m@contoso.com"), changes)] }]);
}

const briefly = (records: readonly PlanRecord[]): readonly string[] =>
  records.flatMap((record) =>
    record.type === "book"
      ? record.changes.map(({ action, key }) => `${action} ${key} in ${record.book.mailbox}`)
      : [],
  );

async function more(
  contacts: readonly LiveContact[],
  wanted: readonly DesiredContact[],
  terms: Terms & { readonly rules?: Partial<DiffInput> } = {},
): Promise<readonly string[]> {
  const changes = await beyond(oneBook(contacts, wanted, terms.rules), oneBook(have, want), terms);
  return briefly(changes).map((text) => text.replace(" in m@contoso.com", ""));
}

test("the same plan goes beyond nothing, and neither does what is left of it", async () => {
  expect(await more(have, want)).toEqual([]);
  expect(await more([live("a", chief), ...have.slice(1)], want)).toEqual([]);
  expect(await more([live("a", chief), live("b", bo), live("d", ann)], want)).toEqual([]);
});

test("another contact, another result, another action and another object are beyond it", async () => {
  expect(await more(have, [desired("a", chief), desired("d", ann)])).toEqual(["delete contoso/b"]);
  expect(await more(have, [...want, desired("e", bo)])).toEqual(["create contoso/e"]);
  expect(await more(have, [desired("a", { ...ann, jobTitle: "Boss" }), ...want.slice(1)])).toEqual([
    "update contoso/a",
  ]);
  expect(await more(have, [...want.slice(0, 2), desired("d", chief)])).toEqual(["create contoso/d"]);
  expect(await more(have.slice(1), want)).toEqual(["create contoso/a"]);
  expect(await more([...have.slice(0, 2), live("c", chandra, { id: "another" })], want)).toEqual([
    "delete contoso/c",
  ]);
});

test("a contact that somebody edited meanwhile is updated to what was approved, in the approved fields only", async () => {
  const edited = (edits: ContactFields) => [live("a", ann, { edits }), ...have.slice(1)];
  expect(await more(edited({ jobTitle: "Boss" }), want)).toEqual([]);
  expect(await more(edited({ surname: "Berg" }), want)).toEqual(["update contoso/a"]);
});

test("a contact of which a part is made already gets the rest, and nothing else", async () => {
  const approved = oneBook([], [desired("d", { ...ann, photo: "p1" })]);
  const left = (fields: ContactFields) => oneBook([live("d", ann)], [desired("d", fields)]);
  expect(briefly(await beyond(left({ ...ann, photo: "p1" }), approved))).toEqual([]);
  expect(briefly(await beyond(left({ ...ann, photo: "p2" }), approved))).toHaveLength(1);
  expect(briefly(await beyond(left({ ...chief, photo: "p1" }), approved))).toHaveLength(1);
});

test("a contact that is made again must be the whole of what was approved", async () => {
  const approved = oneBook([], [desired("d", ann)]);
  const { jobTitle: _, ...less } = ann;
  expect(briefly(await beyond(oneBook([], [desired("d", less)]), approved))).toHaveLength(1);
});

test("what the approved plan withholds is not approved, and what is withheld now is not asked for", async () => {
  const keep = { policy: "upsert-only" } as const;
  expect(briefly(await beyond(oneBook(have, want), oneBook(have, want, keep)))).toEqual([
    "delete contoso/c in m@contoso.com",
  ]);
  expect(await more(have, [desired("a", chief)], { rules: keep })).toEqual([]);
});

test.each<readonly [string, readonly LiveContact[], readonly DesiredContact[], ApprovalException]>([
  [
    "an edit that is put right",
    [live("b", bo, { edits: { jobTitle: "Boss" } })],
    [desired("b", bo)],
    "drift",
  ],
  ["somebody who joined", [], [desired("e", bo)], "source-changed"],
  ["somebody who changed", [live("b", bo)], [desired("b", { ...bo, surname: "Berg" })], "source-changed"],
  ["somebody who left", [live("b", bo)], [], "left"],
])("%s is permitted without approval by its own exception only", async (_, contacts, wanted, exception) => {
  expect(await more(contacts, wanted)).toHaveLength(1);
  const others = everything.filter((one) => one !== exception);
  expect(await more(contacts, wanted, { allow: others })).toHaveLength(1);
  expect(await more(contacts, wanted, { allow: [exception] })).toEqual([]);
});

test("a contact that was edited and changed at the source needs both", async () => {
  const edited = [live("b", bo, { edits: { jobTitle: "Boss" } })];
  const changed = [desired("b", { ...bo, jobTitle: "Lead" })];
  expect(await more(edited, changed, { allow: ["drift"] })).toHaveLength(1);
  expect(await more(edited, changed, { allow: ["source-changed"] })).toHaveLength(1);
  expect(await more(edited, changed, { allow: ["drift", "source-changed"] })).toEqual([]);
});

test("a copy that is deleted, and what another tool left, are never let through", async () => {
  const copy = live("a", ann, { id: "copy", createdAt: "2026-09-09T00:00:00Z" });
  expect(await more([...have, copy], want, { allow: everything })).toEqual(["delete contoso/a"]);
  const plan = oneBook(have, want).map((record) =>
    record.type === "book"
      ? {
          ...record,
          changes: record.changes.map((change): Change => {
            return change.action === "update" ? { ...change, action: "adopt", reason: "new" } : change;
          }),
        }
      : record,
  );
  expect(briefly(await beyond(plan, oneBook(have, want), { allow: everything }))).toEqual([
    "adopt contoso/a in m@contoso.com",
  ]);
});

test("who acknowledged an unusual number acknowledged those people and no others", async () => {
  const of = (limit: Allowance["limit"], sync: string | null = null): Terms => ({
    allow: everything,
    allowances: [{ sync, limit, people: 9, orFewer: true }],
  });
  const left = [desired("a", chief), desired("d", ann)];
  expect(await more(have, left, of("deletes"))).toEqual(["delete contoso/b"]);
  expect(await more(have, left, of("deletes", "staff"))).toEqual(["delete contoso/b"]);
  expect(await more(have, left, of("deletes", "others"))).toEqual([]);
  expect(await more(have, left, of("updates"))).toEqual([]);
  const joined = [...want, desired("e", bo)];
  expect(await more(have, joined, of("creates"))).toEqual(["create contoso/e"]);
  const moved = [
    desired("a", chief),
    desired("b", { ...bo, emailAddresses: ["b@fabrikam.com"] }),
    want[2] ?? desired("d", ann),
  ];
  expect(await more(have, moved, of("updates"))).toEqual(["update contoso/b"]);
  expect(await more(have, moved, of("addressChanges"))).toEqual(["update contoso/b"]);
  expect(await more(have, moved, of("deletes"))).toEqual([]);
});

test("books and syncs are found whatever either plan has besides", async () => {
  const changes = diff({ live: have, desired: want });
  const one = (mailbox: string, of: Partial<BookPlan> = changes): BookPlan => bookPlan(book(mailbox), of);
  const skipped: Partial<BookPlan> = { problem: { severity: "warning", code: "c", message: "m" } };
  const plan = planOf([
    { name: "first", books: [one("b@x.com"), one("c@x.com", skipped), one("d@x.com"), one("z@x.com")] },
    { name: "new", books: [one("b@x.com", { changes: changes.changes.slice(0, 1) })] },
    { name: "third", books: [one("b@x.com")] },
  ]);
  const approved = planOf([
    { name: "first", books: [one("a@x.com"), one("b@x.com"), one("c@x.com", skipped), one("z@x.com")] },
    { name: "second", books: [one("b@x.com")] },
    { name: "third", books: [one("a@x.com"), one("b@x.com")] },
  ]);
  expect(briefly(await beyond(plan, approved))).toEqual([
    "update contoso/a in d@x.com",
    "delete contoso/c in d@x.com",
    "create contoso/d in d@x.com",
    "update contoso/a in b@x.com",
  ]);
});

test("a sync that was not approved is not taken for another one that was", async () => {
  const books = [bookPlan(book("m@x.com"), diff({ live: have, desired: want }))];
  const plan = planOf([
    { name: "new", books },
    { name: "first", books },
  ]);
  const rest = await beyond(plan, planOf([{ name: "first", books }]));
  expect(
    rest.flatMap((record) => (record.type === "book" ? [[record.sync, record.changes.length]] : [])),
  ).toEqual([
    ["new", 3],
    ["first", 0],
  ]);
});

test("a mailbox that could not be had before another of its address is in nobody's way", async () => {
  const problem = { severity: "warning", code: "c", message: "m" } as const;
  const books = [
    bookPlan(book("m@x.com", { id: "m@x.com" }), { problem }),
    bookPlan(book("m@x.com", { id: "1" }), diff({ live: have, desired: want })),
  ];
  const plan = planOf([{ name: "first", books }]);
  expect(briefly(await beyond(plan, plan))).toEqual([]);
});

test("a grace that begins on another day than was approved is approved, and an update in its place is not", async () => {
  const contacts = [live("b", bo)];
  const grace = (today: string): Partial<DiffInput> => ({ deletion: { kind: "grace", days: 30 }, today });
  const approved = oneBook(contacts, [], grace("2026-11-24"));
  const later = oneBook(contacts, [], grace("2026-11-25"));
  expect(briefly(await beyond(later, approved))).toEqual([]);
  const { changes } = diff({ live: contacts, desired: [], ...grace("2026-11-24") });
  expect(changes).toMatchObject([{ action: "update", reason: "grace-started" }]);
  expect(briefly(await beyond(later, oneBook([], []), { allow: ["drift", "source-changed"] }))).toHaveLength(
    1,
  );
  expect(briefly(await beyond(later, oneBook([], []), { allow: ["left"] }))).toEqual([]);
});

test("what goes beyond is a whole plan of its own", async () => {
  const records = await beyond(oneBook(have, [...want, desired("e", bo)]), oneBook(have, want));
  const end = records.at(-1);
  expect(end).toMatchObject({ summary: { create: 1, update: 0, delete: 0 } });
  expect(await collected(decodePlan(encodePlan(streamed(records))))).toEqual(records);
});
