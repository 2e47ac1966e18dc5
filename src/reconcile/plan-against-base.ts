import type { SyncConfig } from "../model/config.ts";
import type { BookPlan, BookRecord, PlanEnd, PlanRecord } from "../model/plan.ts";
import { withCauses } from "../plan/causes.ts";
import { createComparison } from "../plan/comparison.ts";
import type { BaseBook } from "./base-books.ts";
import type { BaseInput } from "./base-input.ts";
import { viewOfBase } from "./base-view.ts";
import type { BaseView } from "./base-view.ts";
import { mapInOrder } from "../concurrency/map-in-order.ts";
import { createLeftBehind } from "./left-behind.ts";
import { createMailboxFilter } from "./mailbox-filter.ts";
import { planBook } from "./plan-book.ts";
import type { PlanInput } from "./plan-input.ts";
import { planSyncs } from "./plan-syncs.ts";

/**
 * Makes the same plan as without a base config, and adds the cause of each change and a final comparison.
 *
 * Each book is read once, for both configs. Books that only the base config has are read after those of the plan.
 * Memory also holds the people and contacts of the base config.
 *
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
 */
export async function* planAgainstBase(input: PlanInput, base: BaseInput): AsyncGenerator<PlanRecord> {
  const view = await viewOfBase(input, base);
  const review = createReview(input, base, view);
  const target: PlanInput["target"] = (sync) => view.books.watched(sync, input.target(sync));
  for await (const record of planSyncs({ ...input, target })) {
    if (record.type === "book") yield review.book(record);
    else if (record.type === "end") yield await review.end(record);
    else yield record;
  }
}

/** Adds what the base config would do to each book record and to the end of a plan. */
function createReview(
  input: PlanInput,
  base: BaseInput,
  view: BaseView,
): {
  readonly book: (record: BookRecord) => BookRecord;
  /** Call after all books. */
  readonly end: (record: PlanEnd) => Promise<PlanEnd>;
} {
  const comparison = createComparison(base.digest);
  const left = createLeftBehind();
  const syncs = new Map(input.syncs.map(({ sync }) => [sync.name, sync]));
  const planned = new Set<string>();
  const changed = new Set<string>();
  const isSyncGone = ({ owner }: SyncConfig): boolean =>
    !input.syncs.some(({ sync }) => sync.owner === owner);
  return {
    book(record) {
      const sync = syncs.get(record.sync);
      if (sync === undefined) throw new Error(`The plan has no sync ${record.sync}.`);
      const there = view.books.take(sync, record.book);
      if (there !== null) view.addProblem(sync, there);
      const { changes, dropped } = withCauses(record.changes, there?.changes ?? []);
      comparison.add({ changes, dropped });
      planned.add(sync.owner);
      if (changes.length > 0) changed.add(sync.owner);
      return { ...record, changes };
    },
    async end(record) {
      const filter = createMailboxFilter(input.mailboxes);
      // If a sync could not be planned, it is also unknown which books this config drops.
      const others = view.books
        .others()
        .filter(
          ({ ref, work: { sync } }) => filter.matches(ref) && (isSyncGone(sync) || planned.has(sync.owner)),
        );
      for await (const [sync, plan] of planOthers(others, input)) {
        comparison.add(withCauses([], plan.changes));
        left.add(sync, plan);
      }
      const warnings = [
        ...base.diagnostics,
        ...view.warnings(({ owner }) => changed.has(owner)),
        ...left.warnings(isSyncGone),
      ];
      return {
        ...record,
        diagnostics: [...record.diagnostics, ...warnings],
        comparison: comparison.comparison(),
      };
    },
  };
}

async function* planOthers(
  books: readonly BaseBook[],
  input: PlanInput,
): AsyncGenerator<readonly [SyncConfig, BookPlan]> {
  let done = 0;
  yield* mapInOrder(books, input.parallelism, async ({ ref, work }) => {
    input.signal.throwIfAborted();
    const { plan } = await planBook(ref, work);
    done++;
    input.onProgress({ phase: "book", sync: work.sync.name, done, total: books.length });
    return [work.sync, plan] as const;
  });
}
