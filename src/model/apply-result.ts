import type { Diagnostic } from "./diagnostic.ts";
import type { Action } from "./plan.ts";

/** What an apply did, complete also when it failed or was interrupted. */
export interface ApplyResult {
  /** `<UTC time>-<4 hex>`, e.g. `20261124T084939Z-3f1c`. */
  readonly run: string;
  readonly summary: ApplySummary;
  /** Changes that failed or were stale, in the order in which they ended; at most 10,000 are listed. */
  readonly failures: readonly Failure[];
  /** How many more there were than `failures` lists. */
  readonly unlistedFailures: number;
  /** How many changes were found done already, so that nothing was made. */
  readonly alreadyDone: number;
  /** True where a signal ended the run before all was tried. */
  readonly interrupted: boolean;
  /** Names of the syncs of which nothing was made, since not everything that they need could be read. */
  readonly incomplete: readonly string[];
  /** Those of the plan: what could not be read and was therefore left as it is. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Counts over contacts in books; withheld changes are not in them, nor what was done already. */
export interface ApplySummary {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly adopted: number;
  /** Refused by the service. */
  readonly failed: number;
  /** Left alone: changed since the plan (`stale`, listed as a failure), or not begun. */
  readonly skipped: number;
  /** Books (not contacts) that got another name; absent for none. */
  readonly renamed?: number;
}

/** A change that was not made although it should have been; the name of a folder has no key, and is the display name. */
export interface Failure {
  readonly status: "failed" | "stale";
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
