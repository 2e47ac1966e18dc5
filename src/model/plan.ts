import type { Allowance } from "./allowance.ts";
import type { DesiredContact, FieldChange, LiveContact } from "./contact.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { BookProblem, BookRef } from "./book.ts";

export type Action = "create" | "update" | "delete" | "adopt";

/** Why a change is needed; for people only, never read by `apply`. Adoption names the other tool's marker. */
export type Reason =
  | "new"
  | "source-changed"
  | "edited"
  | "both"
  | "left"
  | "duplicate"
  | "mailbox-left"
  | "grace-started"
  | "grace-ended"
  | "returned"
  | "rekeyed"
  | "moved"
  | "marker-moved"
  | "moved-away"
  | "released"
  | (string & {});

/**
 * Who brought a change about, as the config of the base branch tells: `this-change` when that config would not make
 * it, or another one; else `drift` where somebody edited the contact, and `pending` where nobody did.
 */
export type Cause = "this-change" | "pending" | "drift";

interface ChangeBase {
  /** Of the desired contact; of a deleted one, its marker's. */
  readonly key: string;
  readonly displayName: string;
  readonly reason: Reason;
  /** Only fields that differ, in table order. A create lists every field that is not empty, a delete what is lost. */
  readonly fields: readonly FieldChange[];
  /** Why the change will not be made (a full sentence); null when it will. */
  readonly withheld: string | null;
  /** Only in a plan that was compared with a base config; no part of the plan's id, as the reason is none. */
  readonly cause?: Cause;
}

export interface CreateChange extends ChangeBase {
  readonly action: "create";
  readonly desired: DesiredContact;
}

export interface UpdateChange extends ChangeBase {
  readonly action: "update" | "adopt";
  readonly desired: DesiredContact;
  readonly live: LiveRef;
  /**
   * Day (`YYYY-MM-DD`, UTC) from which its grace counts, where the contact is hidden because its person left; absent
   * in every other update, which ends a grace.
   */
  readonly hiddenSince?: string;
  /** Day (`YYYY-MM-DD`, UTC) on which that grace ends, as the config has it; for people only. */
  readonly deletedFrom?: string;
}

export interface DeleteChange extends ChangeBase {
  readonly action: "delete";
  readonly live: LiveRef;
  /** Of a duplicate: what stays in its place, and must be there before it is deleted. */
  readonly survivor?: Survivor;
}

/** The contact of a person that stays when another one is deleted as its duplicate. */
export interface Survivor {
  /** Null where this plan makes it. */
  readonly id: string | null;
  /** As its marker has it once the plan was made. */
  readonly key: string;
}

/** A difference between desired and live of one contact in one book. */
export type Change = CreateChange | UpdateChange | DeleteChange;

/** The live contact that a change was planned for; by `version` it is known whether it changed since. */
export type LiveRef = Pick<LiveContact, "id" | "version" | "marker">;

/** Counts over contacts in books: one person in 812 mailboxes counts 812 times. `withheld` changes count nowhere else. */
export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly adopt: number;
  readonly withheld: number;
  readonly unchanged: number;
  readonly unmanaged: number;
  /** Books (not contacts) that get another name; absent for none. */
  readonly rename?: number;
  /** Of `update` those that are hidden because their person left; absent for none. */
  readonly hide?: number;
  /** Creates that stand for a contact of another folder, which is deleted once it is there; absent for none. */
  readonly move?: number;
}

/** A book of ours that the config calls otherwise now: as `book.folder`. */
export interface BookRename {
  /** What it is called in its mailbox, or, where its user gave it the new name already, what the config called it before. */
  readonly from: string;
  /** Why it keeps that name (a full sentence); null when it does not. */
  readonly withheld: string | null;
}

/** A plan for one book. */
export interface BookPlan {
  readonly book: BookRef;
  readonly unchanged: number;
  /** Null where unmanaged contacts were not read and hence not counted. */
  readonly unmanaged: number | null;
  readonly problem: BookProblem | null;
  /** Absent where the book keeps its name. */
  readonly rename?: BookRename;
  /** Deletes, creates, updates, adoptions mixed; ordered by key, then live id, by code unit. */
  readonly changes: readonly Change[];
}

/**
 * A plan as a stream, the only form in which it exists: written, shown and applied record by record, so that
 * memory does not grow with the number of mailboxes. Order: one `plan`; for each sync one `sync` and its `book`s;
 * one `end`. Syncs in config order, books ordered by mailbox address by code unit. A stream without `end` is damaged.
 */
export type PlanRecord = PlanHeader | SyncRecord | BookRecord | PlanEnd;

export interface PlanHeader {
  readonly type: "plan";
  readonly configDigest: string;
  /** ISO 8601, UTC; no part of the plan's id. */
  readonly createdAt: string;
  /** What `--allow` let through when it was planned; no part of the plan's id. */
  readonly allowances: readonly Allowance[];
  /** The mailboxes to which it was narrowed, as they were named; null for all. */
  readonly mailboxes: readonly string[] | null;
}

export interface SyncRecord {
  readonly type: "sync";
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  /**
   * Lower-case GUID, no part of the plan's id: which tenant it was, since a config may name it by its environment.
   * Absent in plans that are made at once.
   */
  readonly tenantId?: string;
  readonly owner: string;
}

export interface BookRecord extends BookPlan {
  readonly type: "book";
  /** Its name. */
  readonly sync: string;
}

export interface PlanEnd {
  readonly type: "end";
  /** `sha256:<hex>` over what would be changed: the same for equal plans. */
  readonly id: string;
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
  /** Limits that refuse the plan; empty when it may be applied. */
  readonly refusals: readonly Refusal[];
  /** Names of the syncs that change nothing, since not everything that they need could be read; absent for none. */
  readonly incomplete?: readonly string[];
  /** How long the writes will take at least, in seconds, by what the services let through; null where nothing slows them. */
  readonly forecastSeconds: number | null;
  /** Only in a plan that was compared with a base config. */
  readonly comparison?: Comparison;
}

/** Counts over contacts in books, of changes that are not withheld. */
export type ActionCounts = Readonly<Record<Action, number>>;

/** How a plan differs from what the base config would do to the same tenants. */
export interface Comparison {
  /** Digest of the base config; null where it could not be used, and then every change is from this change. */
  readonly baseDigest: string | null;
  readonly causes: Readonly<Record<Cause, ActionCounts>>;
  /** Changes that the base config would make and this one leaves alone. */
  readonly dropped: ActionCounts;
}

/** A limit that a plan goes beyond. */
export interface Refusal {
  readonly sync: string;
  readonly limit:
    | "deletes"
    | "updates"
    | "creates"
    | "shrink"
    | "addressChanges"
    | "empty-source"
    | "removes-everything";
  /** Distinct people found, and the most that the limit lets through. */
  readonly found: number;
  readonly allowed: number;
  /** What was found, the limit, the likely cause and the exact way to go on. */
  readonly message: string;
  /** The option that lets exactly this plan through, e.g. `--allow deletes=412`. */
  readonly allow: string;
}

/** Why a change was not made. */
export interface ChangeProblem {
  /** Kebab-case, or the service's own. */
  readonly code: string;
  readonly message: string;
  /** "" when none is known. */
  readonly requestId: string;
}

/** How one change ended. */
export interface Outcome {
  readonly change: Change;
  /**
   * `done`: made. `already-done`: the contact is as the change would make it, so that nothing was made. `stale`: the
   * contact changed since the plan and was left alone. `failed`: the service refused. `skipped`: not begun (interrupted,
   * or the mailbox was given up).
   */
  readonly status: "done" | "already-done" | "stale" | "failed" | "skipped";
  /** Null when done (already). */
  readonly problem: ChangeProblem | null;
  /**
   * Of a failure: whether it stands against all of the book (no permission, no mailbox, busy, …), so that others may
   * have it, too. Absent where it is about this one contact.
   */
  readonly isOfBook?: boolean;
}
