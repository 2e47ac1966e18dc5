import type { FieldValue } from "../../model/contact.ts";
import type { Redaction } from "../redaction/redaction.ts";

/**
 * The data of the page, embedded as JSON. The rows of changes (`GroupRow`, ordered by risk, then by name) follow in
 * separate elements of `rowsAtATime` each, so that the page can show the first without parsing all. To save space,
 * repeated things are arrays instead of objects, and refer to shared values by their index in a table.
 */
export interface PageData {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly id: string;
  readonly configDigest: string;
  readonly redaction: Redaction;
  /** Last line of the plan or of its result. */
  readonly headline: string;
  readonly tone: "changes" | "nothing" | "refused" | "failed" | "done";
  readonly counts: CountsRow;
  readonly syncs: readonly PageSync[];
  readonly books: readonly BookRow[];
  readonly problems: readonly PageProblem[];
  readonly reasons: readonly PageReason[];
  /** Reasons why changes are withheld. */
  readonly withheld: readonly string[];
  /** Causes of changes; empty when the plan was not compared with a base config. */
  readonly causes: readonly PageReason[];
  /** Null when the plan was not compared with a base config. */
  readonly comparison: PageComparison | null;
  /** The `--allow` options of the plan, as written on the command line. */
  readonly allowed: readonly string[];
  /** Minimum duration of the writes; "" when no rate limit applies. */
  readonly forecast: string;
  /** Names of fields. */
  readonly fields: readonly string[];
  /** Number of rows, and of contacts that they change. */
  readonly groups: number;
  readonly contacts: number;
  /** Number of changes that are counted but have no row. */
  readonly unlisted: number;
  readonly notices: readonly PageNotice[];
}

export const rowsAtATime = 500;

/** Counts in the order of `countNames`. */
export type CountsRow = readonly number[];

export const countNames = [
  "delete",
  "update",
  "adopt",
  "create",
  "withheld",
  "unchanged",
  "unmanaged",
] as const;

/** Actions ordered by risk; a group refers to its action by the index here. */
export const actionNames = ["delete", "update", "adopt", "create"] as const;

export interface PageSync {
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  readonly counts: CountsRow;
  /** Index of its first book, and the number of its books. */
  readonly firstBook: number;
  readonly books: number;
}

/** Mailbox and folder (null for none), counts, and the index of its problem or -1. */
export type BookRow = readonly [
  mailbox: string | null,
  folder: string | null,
  counts: CountsRow,
  problem: number,
];

export interface PageProblem {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
}

export interface PageReason {
  readonly code: string;
  /** Description; "" when the action says it all. */
  readonly text: string;
}

/** Counts of a plan's changes by cause. */
export interface PageComparison {
  /** False when the base config was unusable, so that everything counts as caused by this change. */
  readonly hasBase: boolean;
  readonly rows: readonly PageCausedRow[];
}

export interface PageCausedRow {
  /** Index of the cause; -1 for changes that only the base config would make, which have no rows. */
  readonly cause: number;
  readonly text: string;
  readonly counts: CountsRow;
}

/** The same change to one person's contact in a number of books. `withheld` and `cause` are -1 for none. */
export type GroupRow = readonly [
  sync: number,
  action: number,
  name: string,
  identity: string,
  reason: number,
  withheld: number,
  cause: number,
  contacts: number,
  unchangedFields: number,
  fields: readonly FieldRow[],
  /** Indexes of books as ranges, first and last of each. */
  stretches: readonly number[],
];

/** The single value of a create or delete, or the values before and after; `varies` when they differ between books. */
export type FieldRow =
  | readonly [field: number, value: FieldValue]
  | readonly [field: number, before: FieldValue | null, after: FieldValue | null]
  | readonly [field: number, varies: null];

/** A message: a refusal, failure, error, warning or note. */
export interface PageNotice {
  readonly kind: "refused" | "failed" | "error" | "warning" | "note";
  readonly title: string;
  readonly text: string;
  /** Place in the config, and the lines there; "" for none. */
  readonly place: string;
  readonly excerpt: string;
}
