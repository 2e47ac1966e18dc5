import type { Diagnostic } from "./diagnostic.ts";
import type { Action } from "./plan.ts";

/** What an apply did. Complete even when the apply failed or was interrupted. */
export interface ApplyResult {
  /** `<UTC time>-<4 hex>`, e.g. `20261124T084939Z-3f1c`; null where nothing was to be written, nor is it written down. */
  readonly run: string | null;
  readonly summary: ApplySummary;
  /** Changes that failed or were stale, in the order in which they ended; at most 10,000. */
  readonly failures: readonly Failure[];
  /** Number of failures beyond those in `failures`. */
  readonly unlistedFailures: number;
  /** Number of changes that were not written because the contact was already as planned. */
  readonly alreadyDone: number;
  /** True when a signal ended the run before everything was tried. */
  readonly interrupted: boolean;
  /** Names of syncs that changed nothing because not everything they need could be read. */
  readonly incomplete: readonly string[];
  /** Diagnostics of the plan: what could not be read and was therefore left as it is. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Counts of contacts in books, without withheld changes and changes that were already done. */
export interface ApplySummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly adopted: number;
  /** Refused by the service. */
  readonly failed: number;
  /** Left alone because they changed since the plan (`stale`, listed as failures) or were not begun. */
  readonly skipped: number;
  /** Books (not contacts) that were renamed; absent for none. */
  readonly renamed?: number;
}

/** A change that could not be made. For a folder rename, the key is "" and the display name is the folder's. */
export interface Failure {
  /** `withheld`: left as it is by the plan of a rollback, so that it is not undone; no failure in any other plan. */
  readonly status: "failed" | "stale" | "withheld";
  readonly sync: string;
  /** Null for mail contacts. */
  readonly mailbox: string | null;
  readonly folder: string | null;
  readonly action: Action | "rename";
  readonly key: string;
  readonly displayName: string;
  /** Kebab-case, or the service's own. */
  readonly code: string;
  readonly message: string;
  /** "" when none is known. */
  readonly requestId: string;
}
