import type { Allowance } from "../model/allowance.ts";
import type { ApprovalException } from "../model/config.ts";
import { byCodeUnit } from "../model/order.ts";
import type { BookRecord, Change, PlanRecord } from "../model/plan.ts";
import { sameFieldValue } from "../model/values.ts";
import { createPlanId } from "../plan-format/plan-id.ts";
import { isHiding } from "./leaving.ts";
import { isPermitted } from "./permitted.ts";
import { createSummary } from "./summary.ts";
import { isMade } from "./is-made.ts";

/** A plan that somebody reviewed, and what may be applied beyond it. */
export interface ApprovedPlan {
  readonly records: AsyncIterable<PlanRecord>;
  /** Names of its syncs, in plan order. */
  readonly syncs: readonly string[];
  readonly allowances: readonly Allowance[];
  readonly allow: readonly ApprovalException[];
}

/**
 * Reduces a plan to the changes that an approved plan of the same config does not cover. Refusals and diagnostics of
 * the whole plan are kept. A change is covered when the approved plan changes the same contact with the same result.
 * Approved changes that the plan no longer contains were already made or are no longer needed.
 *
 * Both plans are read side by side, book by book, because their order is the same. A mailbox whose address changed in
 * the meantime may have a different position; its changes then count as not approved.
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
      !isPermitted(record.sync, change, terms),
  );
  // The approval covers the new name, which comes from the config; the user may have changed the old one since.
  const isNamed = rename?.withheld === null && approvedBook?.rename?.withheld !== null;
  return { ...unnamed, ...(isNamed ? { rename } : {}), changes };
}

/** Looks up the approved plan of a book. Books must be asked for in plan order. */
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
  // Books without changes may be unavailable ones, which have no id to sort by.
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
 * Whether a change does what was approved, or the rest of it. Approval of a delete covers that one object only; every
 * other approval covers a person, whichever contact stands for them.
 */
function isApprovedBy(change: Change, approved: Change): boolean {
  if (change.action === "delete") return approved.action === "delete" && change.live.id === approved.live.id;
  if (approved.action === "delete") return false;
  // The approved contact was created but not completed: for example, its photo is written afterwards.
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
