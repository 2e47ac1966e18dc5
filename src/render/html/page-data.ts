import type { FieldValue } from "../../model/contact.ts";
import type { Redaction } from "../redaction/redaction.ts";

/**
 * What the page knows, embedded in it as JSON: this, and after it the rows of changes (`GroupRow`, by risk, then by
 * name) in elements of `rowsAtATime` each, so that it need not read all of them to show the first. Whatever is there many times is a row instead of an object, and names
 * what it shares by its position in a table.
 */
export interface PageData {
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly id: string;
  readonly configDigest: string;
  readonly redaction: Redaction;
  /** The last line of the plan, or of what became of it. */
  readonly headline: string;
  readonly tone: "changes" | "nothing" | "refused" | "failed" | "done";
  readonly counts: CountsRow;
  readonly syncs: readonly PageSync[];
  readonly books: readonly BookRow[];
  readonly problems: readonly PageProblem[];
  readonly reasons: readonly PageReason[];
  /** Why changes are withheld. */
  readonly withheld: readonly string[];
  /** What brought changes about; empty where nothing was compared. */
  readonly causes: readonly PageReason[];
  /** Null where the plan was not compared with a base config. */
  readonly comparison: PageComparison | null;
  /** What was let through beyond the limits, as the options are written. */
  readonly allowed: readonly string[];
  /** How long it will take at least; "" where nothing slows it. */
  readonly forecast: string;
  /** Names of fields. */
  readonly fields: readonly string[];
  /** How many rows there are, and how many contacts they change. */
  readonly groups: number;
  readonly contacts: number;
  /** Changes that are counted, but have no row. */
  readonly unlisted: number;
  readonly notices: readonly PageNotice[];
}

export const rowsAtATime = 500;

/** In the order of `countNames`. */
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

/** Actions in the order of risk; a group names its own by the position here. */
export const actionNames = ["delete", "update", "adopt", "create"] as const;

export interface PageSync {
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  readonly counts: CountsRow;
  /** Position of its first book, and how many there are. */
  readonly firstBook: number;
  readonly books: number;
}

/** Mailbox and folder (null for none), counts, and the position of its problem or -1. */
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
  /** In words; "" where the action says it all. */
  readonly text: string;
}

/** What of a plan comes from this change, and what does not. */
export interface PageComparison {
  /** False where the base config was of no use: then everything counts as caused by this change. */
  readonly hasBase: boolean;
  readonly rows: readonly PageCausedRow[];
}

export interface PageCausedRow {
  /** Position of the cause; -1 of what only the base would do, of which there are no changes here. */
  readonly cause: number;
  readonly text: string;
  readonly counts: CountsRow;
}

/** One change of one contact in a number of books. `withheld` and `cause` are -1 for none. */
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
  /** Positions of books in pairs, the first and the last of each stretch. */
  stretches: readonly number[],
];

/** The only value that there is (of a create or delete), or before and after; `varies` where it is not alike in all. */
export type FieldRow =
  | readonly [field: number, value: FieldValue]
  | readonly [field: number, before: FieldValue | null, after: FieldValue | null]
  | readonly [field: number, varies: null];

/** Something to be read: a refusal, a failure, an error, a warning. */
export interface PageNotice {
  readonly kind: "refused" | "failed" | "error" | "warning" | "note";
  readonly title: string;
  readonly text: string;
  /** Where in the config, and the lines there; "" for none. */
  readonly place: string;
  readonly excerpt: string;
}
