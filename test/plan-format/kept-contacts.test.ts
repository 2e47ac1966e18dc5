import { expect, test } from "vitest";
import type { DesiredContact } from "../../src/model/contact.ts";
import { createdFields } from "../../src/model/created-fields.ts";
import type { BookPlan, PlanRecord } from "../../src/model/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { book, bookPlan, collected, desired, planOf, streamed } from "../plan/world.ts";

// A saved plan costs disk, not memory: what its writer and its readers keep of it is what has a number.

function creating(mailbox: string, wanted: readonly DesiredContact[]): BookPlan {
  const changes = wanted.map((contact) => ({
    action: "create" as const,
    key: contact.key,
    displayName: contact.displayName,
    reason: "new",
    withheld: null,
    fields: createdFields(contact),
    desired: contact,
  }));
  return bookPlan(book(mailbox), { changes });
}

function contacts(count: number, of: string): readonly DesiredContact[] {
  return Array.from({ length: count }, (_, at) => desired(`${at}`, { displayName: `${at}`, jobTitle: of }));
}

/** Who gets which title in which mailbox. */
function titles(records: readonly PlanRecord[]): readonly unknown[] {
  return records.flatMap((record) =>
    record.type === "book"
      ? [record.book.mailbox, ...record.changes.map(({ key, fields }) => [key, fields.at(-1)?.after])]
      : [],
  );
}

/** What a plan of one sync with these books is when it is written, and how many contacts its lines are numbers for. */
async function written(books: readonly BookPlan[]) {
  const records = planOf([{ name: "phones", books }]);
  const lines = await collected(encodePlan(streamed(records), { mostKept: 100 }));
  const numbers = lines.flatMap((line) => {
    const [, number] = /^\{"type":"contact","number":(\d+),/u.exec(line) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
  const read = await collected(decodePlan(streamed(lines)));
  expect(JSON.stringify(titles(read)) === JSON.stringify(titles(records))).toBe(true);
  return { lines: numbers.length, kept: new Set(numbers).size };
}

test("contacts that are others in each mailbox do not pile up with the mailboxes", async () => {
  const of = (mailboxes: number): readonly BookPlan[] =>
    Array.from({ length: mailboxes }, (_, at) => creating(`${at}`, contacts(6, `for ${at}`)));
  const some = await written(of(20));
  const more = await written(of(30));
  expect(some).toMatchObject({ lines: 120, kept: 106 });
  expect(more).toMatchObject({ lines: 180, kept: 106 });
});

test("contacts that are the same in every mailbox are written once, however many they are", async () => {
  const same = contacts(105, "for all");
  const own = (at: number): BookPlan => creating(`own ${at}`, contacts(1, `for ${at}`));
  const books = [creating("a", same), own(1), bookPlan(book("b")), bookPlan(book("c")), creating("d", same)];
  expect(await written(books)).toMatchObject({ lines: 106 });
});

test("a contact that comes again after many others is written again", async () => {
  const [rare] = contacts(1, "rare");
  const often = (at: number): BookPlan => creating(`${at}`, contacts(60, `for ${at}`));
  const books = [creating("a", [rare!]), often(1), often(2), often(3), creating("z", [rare!])];
  expect(await written(books)).toMatchObject({ lines: 182 });
});
