import type { ApplySummary } from "./apply-result.ts";

/** What a journal says of its run before the first step. It names no person, and is readable without a key. */
export interface RunHeader {
  /** `<UTC time>-<4 hex>`; also the name of its folder. */
  readonly run: string;
  readonly command: RunCommand;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly configDigest: string;
  /** Of galops. */
  readonly version: string;
  /** Those of the plan, in its order. */
  readonly syncs: readonly RunSync[];
  /** The run that this one rolls back; null for any other. */
  readonly undoes: string | null;
}

export type RunCommand = "apply" | "rollback";

/** A sync as it was when the run began, and where it wrote. */
export interface RunSync {
  readonly name: string;
  readonly kind: string;
  /** Name of the tenant in the config. */
  readonly tenant: string;
  readonly tenantId: string;
  readonly owner: string;
}

/** The last line of a journal whose run ended, however it did. One that was killed has none. */
export interface RunEnd {
  /** ISO 8601, UTC. */
  readonly ended: string;
  readonly summary: ApplySummary;
  readonly interrupted: boolean;
}

/** A run as it is listed. */
export interface RunListing {
  readonly run: string;
  /** Null where the journal cannot be read. */
  readonly header: RunHeader | null;
  /** `cut-off`: its journal has no end, because it was killed or is still at work. */
  readonly state: "complete" | "interrupted" | "cut-off" | "unreadable";
  readonly ended: string | null;
  /** What was done, as far as the journal says; null where it cannot be read without a key. */
  readonly summary: ApplySummary | null;
  /** Writes of which it is not known whether they happened. */
  readonly inDoubt: number;
  readonly isEncrypted: boolean;
  /** What is wrong with the journal; null for nothing. */
  readonly problem: string | null;
}

/** A run as people are told of it. */
export interface RunShown extends RunListing {
  /** The run that rolled it back completely or in part; null where there is none. */
  readonly rolledBackBy: string | null;
  /** Whether that run failed in part, or was cut off. */
  readonly isRolledBackPartly: boolean;
  /** Why it cannot be rolled back (a full sentence); null where it can. */
  readonly obstacle: string | null;
}
