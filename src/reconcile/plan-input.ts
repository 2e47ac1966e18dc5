import type { Allowance } from "../model/allowance.ts";
import type { SyncConfig } from "../model/config.ts";
import type { Clock } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Source } from "../model/source.ts";
import type { Target } from "../model/target.ts";
import type { CompiledSync } from "../desired/compile-sync.ts";

export interface PlanInput {
  readonly configDigest: string;
  /** The chosen ones, in config order. */
  readonly syncs: readonly CompiledSync[];
  readonly source: (name: string) => Source;
  readonly target: (sync: SyncConfig) => Target;
  /** Tells the tenant of a sync from others, whatever name that has in the config. */
  readonly tenant: (sync: SyncConfig) => string;
  /** Mailboxes to which the run is narrowed; null for all. */
  readonly mailboxes: readonly string[] | null;
  /** Whether mailboxes that are no targets any more are looked through, too, to take out of them what is ours. */
  readonly sweep: boolean;
  readonly allowances: readonly Allowance[];
  /** Books read at a time. */
  readonly parallelism: number;
  /** What is known already and belongs into the plan. */
  readonly diagnostics: readonly Diagnostic[];
  /** A failure of the world as a diagnostic; null for a bug, which is thrown. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanProgress) => void;
}

export type PlanProgress =
  | { readonly phase: "source"; readonly source: string; readonly people: number }
  | { readonly phase: "book"; readonly sync: string; readonly done: number; readonly total: number };
