import type { Allowance } from "../model/allowance.ts";
import type { SyncConfig } from "../model/config.ts";
import type { Clock } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Source } from "../model/source.ts";
import type { Target } from "../model/target.ts";
import type { CompiledSync } from "../desired/compile-sync.ts";

export interface PlanInput {
  readonly configDigest: string;
  /** The chosen syncs, in config order. */
  readonly syncs: readonly CompiledSync[];
  readonly source: (name: string) => Source;
  readonly target: (sync: SyncConfig) => Target;
  /** Identifies the tenant of a sync, regardless of its name in the config. */
  readonly tenant: (sync: SyncConfig) => string;
  /** Mailboxes to which the run is limited; null for all. */
  readonly mailboxes: readonly string[] | null;
  /** Whether to remove our contacts from mailboxes that are no longer targets, too. */
  readonly sweep: boolean;
  readonly allowances: readonly Allowance[];
  /** Number of books to read at a time. */
  readonly parallelism: number;
  /** Diagnostics found before planning, to be included in the plan. */
  readonly diagnostics: readonly Diagnostic[];
  /** Turns an expected failure, such as a refused request, into a diagnostic; null for a bug, which is thrown. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanProgress) => void;
}

export type PlanProgress =
  | { readonly phase: "source"; readonly source: string; readonly people: number }
  | { readonly phase: "book"; readonly sync: string; readonly done: number; readonly total: number };
