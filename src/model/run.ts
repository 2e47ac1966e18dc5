import type { ApplySummary } from "./apply-result.ts";

/** First line of a journal, which describes the run. It names no person and is readable without a key. */
export interface RunHeader {
  /** `<UTC time>-<4 hex>`; also the name of the run's folder. */
  readonly run: string;
  readonly command: RunCommand;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly configDigest: string;
  /** Version of galops. */
  readonly version: string;
  /** The syncs of the plan, in plan order. */
  readonly syncs: readonly RunSync[];
  /** The run that this one rolls back; null for an apply. */
  readonly undoes: string | null;
}

export type RunCommand = "apply" | "rollback";

/** A sync as it was when the run began, with the tenant that it wrote to. */
export interface RunSync {
  readonly name: string;
  readonly kind: string;
  /** Name of the tenant in the config. */
  readonly tenant: string;
  readonly tenantId: string;
  readonly owner: string;
}

/** Last line of a journal. Missing when the run was killed. */
export interface RunEnd {
  /** ISO 8601, UTC. */
  readonly ended: string;
  readonly summary: ApplySummary;
  readonly interrupted: boolean;
}

/** A run as its journal describes it. */
export interface RunListing {
  readonly run: string;
  /** Null when the journal cannot be read. */
  readonly header: RunHeader | null;
  /** `cut-off`: the journal has no end, because the run was killed or is still going on. */
  readonly state: "complete" | "interrupted" | "cut-off" | "unreadable";
  readonly ended: string | null;
  /** What was done, as far as the journal tells; null when it cannot be read without a key. */
  readonly summary: ApplySummary | null;
  /** Number of writes that may or may not have happened. */
  readonly inDoubt: number;
  readonly isEncrypted: boolean;
  /** What is wrong with the journal; null when it is intact. */
  readonly problem: string | null;
}

/** A run as `galops runs` shows it, with what can be rolled back. */
export interface RunShown extends RunListing {
  /** The run that rolled it back, completely or in part; null when there is none. */
  readonly rolledBackBy: string | null;
  /** Whether that run failed in part, or was cut off. */
  readonly isRolledBackPartly: boolean;
  /** Why it cannot be rolled back (a full sentence); null when it can. */
  readonly obstacle: string | null;
}
