import type { Action, BookPlan, PlanEnd, PlanHeader, PlanRecord, SyncRecord } from "../model/plan.ts";
import { createGroups } from "./change-groups.ts";
import type { ChangeGroup, ChangeGroups } from "./change-groups.ts";
import { createRenames } from "./renames.ts";
import type { Renames } from "./renames.ts";
import { isBlind } from "./is-blind.ts";

/** Counts of contacts in one sync or book. */
export type Counts = Readonly<Record<Action | "withheld" | "unchanged" | "unmanaged", number>>;

export interface SyncOverview {
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  readonly books: number;
  readonly counts: Counts;
  readonly groups: readonly ChangeGroup[];
}

/** Counts of a whole plan, and its changes grouped across mailboxes. */
export interface Overview {
  readonly header: PlanHeader;
  readonly end: PlanEnd;
  readonly syncs: readonly SyncOverview[];
  /** Renames of folders. */
  readonly renames: Renames;
  /** When set, parts that could not be read may differ from the config too. */
  readonly hasErrors: boolean;
  /** Whether errors left nothing to compare. */
  readonly isBlind: boolean;
}

type GrowingCounts = { -readonly [Name in keyof Counts]: Counts[Name] };
type Growing = {
  readonly sync: SyncRecord;
  readonly counts: GrowingCounts;
  readonly groups: ChangeGroups;
  books: number;
};
/**
 * Reads a plan to its end and summarizes it.
 *
 * @param limit - groups to keep for each action and sync; all deletes are kept
 * @param onBook - called for each book, with the index of its sync
 */
export async function overviewOf(
  records: AsyncIterable<PlanRecord>,
  limit: number,
  onBook: (plan: BookPlan, sync: number) => void = () => {},
): Promise<Overview> {
  const syncs: Growing[] = [];
  let header: PlanHeader | null = null;
  let end: PlanEnd | null = null;
  let hasErrors = false;
  let booksRead = 0;
  const renames = createRenames();
  for await (const record of records) {
    if (record.type === "plan") header = record;
    if (record.type === "end") end = record;
    if (record.type === "sync") {
      syncs.push({ sync: record, counts: noCounts(), groups: createGroups(limit), books: 0 });
    }
    if (record.type === "book") {
      addBook(syncs.at(-1), record);
      renames.add(record);
      onBook(record, syncs.length - 1);
      hasErrors ||= record.problem?.severity === "error";
      if (record.problem === null) booksRead++;
    }
  }
  if (header === null || end === null) throw new Error("The plan to render has no end.");
  hasErrors ||= end.diagnostics.some(({ severity }) => severity === "error");
  const plan = { header, end, syncs: syncs.map(finished), renames, hasErrors };
  return { ...plan, isBlind: isBlind({ booksRead, end }) };
}

export function noCounts(): GrowingCounts {
  return { create: 0, update: 0, delete: 0, adopt: 0, withheld: 0, unchanged: 0, unmanaged: 0 };
}

export function addToCounts(counts: GrowingCounts, plan: BookPlan): void {
  counts.unchanged += plan.unchanged;
  counts.unmanaged += plan.unmanaged ?? 0;
  for (const { action, withheld } of plan.changes) counts[withheld === null ? action : "withheld"]++;
}

function addBook(growing: Growing | undefined, plan: BookPlan): void {
  if (growing === undefined) throw new Error("The plan to render has a book before its first sync.");
  addToCounts(growing.counts, plan);
  for (const change of plan.changes) growing.groups.add(plan.book, growing.books, change);
  growing.books++;
}

function finished({ sync, counts, groups, books }: Growing): SyncOverview {
  const { name, kind, tenant } = sync;
  return { name, kind, tenant, books, counts, groups: groups.groups() };
}
