import type { Allowance } from "./allowance.ts";
import type { DesiredContact, FieldChange, LiveContact, Marker, ServiceProperties } from "./contact.ts";
import type { Diagnostic, Place } from "./diagnostic.ts";
import type { BookProblem, BookRef } from "./book.ts";

export type Action = "create" | "update" | "delete" | "adopt";

/** Why a change is needed. For display only; `apply` ignores it. An adoption names the other tool's marker. */
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
 * What caused a change, compared with the config of the base branch. `this-change`: the base config would not make this
 * change. Otherwise `drift` if the contact was edited, and `pending` if it was not.
 */
export type Cause = "this-change" | "pending" | "drift";

interface ChangeBase {
  /** Key of the desired contact; for a delete, the key in the marker. */
  readonly key: string;
  readonly displayName: string;
  readonly reason: Reason;
  /**
   * Only fields that differ, in table order. A create lists all non-empty fields, a delete the values that are lost.
   */
  readonly fields: readonly FieldChange[];
  /** Why the change will not be made (a full sentence); null when it will be made. */
  readonly withheld: string | null;
  /** Only in a plan compared with a base config. Like `reason`, not part of the plan's id. */
  readonly cause?: Cause;
}

/** What a change that undoes what a run did makes of its contact besides the fields. */
export interface AsBefore {
  /** The one that it carried, whoever's it was; null for none: then it gets none, or loses the one that it got. */
  readonly marker: Marker | null;
  /** What it held besides its fields, which one that is made again is given. */
  readonly more: ServiceProperties;
}

export interface CreateChange extends ChangeBase {
  readonly action: "create";
  readonly desired: DesiredContact;
  /** Absent in every plan of a sync. */
  readonly asBefore?: AsBefore;
}

export interface UpdateChange extends ChangeBase {
  readonly action: "update" | "adopt";
  readonly desired: DesiredContact;
  readonly live: LiveRef;
  /** Absent in every plan of a sync. */
  readonly asBefore?: AsBefore;
  /**
   * First day of the grace (`YYYY-MM-DD`, UTC) when the contact is hidden because its person left. Absent in all other
   * updates, which end a grace.
   */
  readonly hiddenSince?: string;
  /** Day (`YYYY-MM-DD`, UTC) on which that grace ends according to the config. For display only. */
  readonly deletedFrom?: string;
}

export interface DeleteChange extends ChangeBase {
  readonly action: "delete";
  readonly live: LiveRef;
  /** For a duplicate: the contact that is kept, which must exist before the duplicate is deleted. */
  readonly survivor?: Survivor;
}

/** The contact that is kept when another one of the same person is deleted as its duplicate. */
export interface Survivor {
  /** Null when this plan creates it. */
  readonly id: string | null;
  /** The key in its marker once the plan is applied. */
  readonly key: string;
}

/** A difference between the desired and the live state of one contact in one book. */
export type Change = CreateChange | UpdateChange | DeleteChange;

/** The live contact that a change was planned for; `version` shows whether it changed since. */
export type LiveRef = Pick<LiveContact, "id" | "version" | "marker">;

/**
 * Counts of contacts in books: one person in 812 mailboxes counts 812 times. Withheld changes count only in `withheld`.
 */
export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly adopt: number;
  readonly withheld: number;
  readonly unchanged: number;
  readonly unmanaged: number;
  /** Books (not contacts) to be renamed; absent for none. */
  readonly rename?: number;
  /** How many of `update` hide a contact because its person left; absent for none. */
  readonly hide?: number;
  /** Creates that replace a contact in another folder, which is then deleted; absent for none. */
  readonly move?: number;
}

/** Renames a folder of ours to the name that the config has now, `book.folder`. */
export interface BookRename {
  /** Its name in the mailbox, or its previous name in the config when the user already renamed it to the new one. */
  readonly from: string;
  /** Why it keeps that name (a full sentence); null when it is renamed. */
  readonly withheld: string | null;
}

/** The plan for one book. */
export interface BookPlan {
  readonly book: BookRef;
  readonly unchanged: number;
  /** How many of `unchanged` are hidden because their people left, and wait to be deleted; absent for none. */
  readonly waiting?: Waiting;
  /** Null when unmanaged contacts were not read and therefore not counted. */
  readonly unmanaged: number | null;
  readonly problem: BookProblem | null;
  /** Absent when the book keeps its name. */
  readonly rename?: BookRename;
  /** All actions mixed; ordered by key, then by live id, by code unit. */
  readonly changes: readonly Change[];
}

export interface Waiting {
  readonly contacts: number;
  /** Days (`YYYY-MM-DD`, UTC) on which the first and the last grace end, according to the config. */
  readonly firstDeletion: string;
  readonly lastDeletion: string;
}

/**
 * A plan is always a stream: written, shown and applied record by record, so that memory does not grow with the number
 * of mailboxes. Order: one `plan`; for each sync one `sync` and its `book`s; one `end`. Syncs in config order, books by
 * mailbox address in code unit order. A stream without `end` is truncated.
 */
export type PlanRecord = PlanHeader | SyncRecord | BookRecord | PlanEnd;

export interface PlanHeader {
  readonly type: "plan";
  readonly configDigest: string;
  /** ISO 8601, UTC; not part of the plan's id. */
  readonly createdAt: string;
  /** What `--allow` permitted when the plan was made; not part of the plan's id. */
  readonly allowances: readonly Allowance[];
  /** Mailboxes to which the plan is limited, as the user named them; null for all. */
  readonly mailboxes: readonly string[] | null;
}

export interface SyncRecord {
  readonly type: "sync";
  readonly name: string;
  readonly kind: string;
  readonly tenant: string;
  /**
   * Lower-case GUID of the tenant, since the config may take it from the environment. Not part of the plan's id. Absent
   * in plans that are applied at once.
   */
  readonly tenantId?: string;
  readonly owner: string;
}

export interface BookRecord extends BookPlan {
  readonly type: "book";
  /** Name of the sync. */
  readonly sync: string;
}

export interface PlanEnd {
  readonly type: "end";
  /** `sha256:<hex>` of the changes: the same for equal plans. */
  readonly id: string;
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
  /** Limits that the plan exceeds; empty when it may be applied. */
  readonly refusals: readonly Refusal[];
  /** Names of syncs that change nothing because not everything they need could be read; absent for none. */
  readonly incomplete?: readonly string[];
  /** Minimum duration of the writes in seconds, given the services' rate limits; null when none applies. */
  readonly forecastSeconds: number | null;
  /** Only in a plan compared with a base config. */
  readonly comparison?: Comparison;
}

/** Counts of contacts in books, without withheld changes. */
export type ActionCounts = Readonly<Record<Action, number>>;

/** How a plan differs from what the base config would change in the same tenants. */
export interface Comparison {
  /** Digest of the base config; null when it was unusable, so that every change counts as `this-change`. */
  readonly baseDigest: string | null;
  readonly causes: Readonly<Record<Cause, ActionCounts>>;
  /** Changes that the base config would make and this one does not. */
  readonly dropped: ActionCounts;
}

/** A limit that a plan exceeds. */
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
  /** Distinct people found, and the most that the limit permits. */
  readonly found: number;
  readonly allowed: number;
  /** What was found, the limit, the likely cause and exactly how to proceed. */
  readonly message: string;
  /** The option that permits exactly this plan, e.g. `--allow deletes=412`. */
  readonly allow: string;
  /** Where the sync is in the config; absent where that is not known. */
  readonly place?: Place;
}

/** Why a change was not made. */
export interface ChangeProblem {
  /** Kebab-case, or the service's own. */
  readonly code: string;
  readonly message: string;
  /** "" when none is known. */
  readonly requestId: string;
}

/** Code of a change that was not begun because of a signal; a run that has one ends as interrupted. */
export const interruptedCode = "interrupted";

/** How one change ended. */
export interface Outcome {
  readonly change: Change;
  /**
   * `done`: made. `already-done`: the contact already was as planned, so nothing was written. `stale`: the contact
   * changed since the plan and was left alone. `failed`: the service refused. `skipped`: not begun, because the run was
   * interrupted or gave up on the mailbox.
   */
  readonly status: "done" | "already-done" | "stale" | "failed" | "skipped";
  /** Null when `done` or `already-done`. */
  readonly problem: ChangeProblem | null;
  /**
   * Set when a failure concerns the whole book (no permission, no mailbox, busy, …), so that its other changes may fail
   * too. Absent when it concerns only this contact.
   */
  readonly isOfBook?: boolean;
}
