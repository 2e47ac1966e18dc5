import type { PlanInput } from "./plan-input.ts";

/**
 * What the base config says, over the tenants that the plan reads: its sources and targets share with those of the
 * plan whatever is the same in both. Without syncs where it says nothing that could be used.
 */
export interface BaseInput extends Pick<PlanInput, "syncs" | "source" | "target" | "diagnostics"> {
  /** Null where the base config could not be used. */
  readonly digest: string | null;
}
