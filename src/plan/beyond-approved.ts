import type { Allowance } from "../model/allowance.ts";
import type { ApprovalException } from "../model/config.ts";
import { byCodeUnit } from "../model/order.ts";
import type { BookRecord, Change, PlanRecord } from "../model/plan.ts";
import { sameFieldValue } from "../model/values.ts";
import { createPlanId } from "../plan-format/plan-id.ts";
import { isHiding } from "./leaving.ts";
import { isLetThrough } from "./let-through.ts";
import { createSummary } from "./summary.ts";
import { isMade } from "./is-made.ts";

/** A plan that somebody looked at, and what may be made beyond it. */
export interface ApprovedPlan {
  readonly records: AsyncIterable<PlanRecord>;
  /** Names of its syncs, in order. */
  readonly syncs: readonly string[];
  readonly allowances: readonly Allowance[];
  readonly allow: readonly ApprovalException[];
}

/**
 * What of a plan goes beyond an approved one of the same config: a plan itself, with those changes alone and with
 * what the whole plan refuses and has to say. A change is approved when the approved plan has one of the same contact
 * that leaves it the same; what it has besides is done already, or no longer needed.
 *
 * Both plans are read side by side, book by book: they are in one order. A mailbox whose address changed meanwhile
 * may stand elsewhere, and then its changes count as not approved.
 */
export async function* beyondApproved(
  plan: AsyncIterable<PlanRecord>,
  approved: ApprovedPlan,
): AsyncGenerator<PlanRecord> {
  const books = booksOf(approved.records);
  const approvedFor = createLookup(books, approved.syncs);
  const id = createPlanId();
  const summary = createSummary();
  try {
    for await (const record of plan) {
      if (record.type === "end") {
        yield { ...record, id: id.id(), summary: summary.summary() };
        return;
      }
      const rest = record.type === "book" ? await restOf(record, approvedFor, approved) : record;
      id.add(rest);
      if (rest.type === "book") summary.add(rest);
      yield rest;
    }
  } finally {
    await books.return();
  }
}

type Lookup = (record: BookRecord) => Promise<BookRecord | null>;

async function restOf(record: BookRecord, approvedFor: Lookup, terms: ApprovedPlan): Promise<BookRecord> {
  const made = record.changes.filter(isMade);
  const { rename, ...unnamed } = record;
  if (made.length === 0 && rename?.withheld !== null) return { ...unnamed, changes: [] };
  const approvedBook = await approvedFor(record);
  const approved = Map.groupBy((approvedBook?.changes ?? []).filter(isMade), ({ key }) => key);
  const changes = made.filter(
    (change) =>
      !approved.get(change.key)?.some((other) => isApprovedBy(change, other)) &&
      !isLetThrough(record.sync, change, terms),
  );
  // What somebody approved is the new name, which the config has; the old one its user may have changed meanwhile.
  const isNamed = rename?.withheld === null && approvedBook?.rename?.withheld !== null;
  return { ...unnamed, ...(isNamed ? { rename } : {}), changes };
}

/** Gives the approved plans of books that are asked for in the order of a plan. */
function createLookup(books: AsyncIterator<BookRecord, void>, syncs: readonly string[]): Lookup {
  const order = new Map(syncs.map((name, index) => [name, index]));
  let candidate: IteratorResult<BookRecord, void> | null = null;
  return async (record) => {
    if (!order.has(record.sync)) return null;
    candidate ??= await books.next();
    while (candidate.done !== true && compare(candidate.value, record, order) < 0) {
      candidate = await books.next();
    }
    return candidate.done !== true && compare(candidate.value, record, order) === 0 ? candidate.value : null;
  };
}

async function* booksOf(records: AsyncIterable<PlanRecord>): AsyncGenerator<BookRecord, void> {
  // Those without changes may be books that could not be had, which have no id to be ordered by.
  for await (const record of records) {
    if (record.type === "book" && (record.changes.length > 0 || record.rename !== undefined)) yield record;
  }
}

/** The order of a plan's books. */
function compare(one: BookRecord, other: BookRecord, syncs: ReadonlyMap<string, number>): number {
  return (
    (syncs.get(one.sync) ?? 0) - (syncs.get(other.sync) ?? 0) ||
    byCodeUnit(one.book.mailbox ?? "", other.book.mailbox ?? "") ||
    byCodeUnit(one.book.id, other.book.id)
  );
}

/**
 * Whether a change does what was approved, or what is left of it. What a delete takes away is one object and no
 * other; all else is about a person, whichever contact he has.
 */
function isApprovedBy(change: Change, approved: Change): boolean {
  if (change.action === "delete") return approved.action === "delete" && change.live.id === approved.live.id;
  if (approved.action === "delete") return false;
  // A contact that was made, but not yet to its end: its photo is written after it.
  if (change.action === "update" && approved.action === "create" && !isHiding(change)) {
    return change.fields.every(({ field, after }) =>
      sameFieldValue(after, approved.desired.fields[field] ?? null),
    );
  }
  if (change.action !== approved.action || isHiding(change) !== isHiding(approved)) return false;
  if (change.action === "create" && change.fields.length !== approved.fields.length) return false;
  const results = new Map(approved.fields.map(({ field, after }) => [field, after]));
  return change.fields.every(
    ({ field, after }) => results.has(field) && sameFieldValue(after, results.get(field) ?? null),
  );
}
