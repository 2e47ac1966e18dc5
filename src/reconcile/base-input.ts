import type { PlanInput } from "./plan-input.ts";

/**
 * The base config, connected to the tenants that the plan reads. Sources and targets that are equal in both configs are
 * shared with the plan. Without syncs when the base config is unusable.
 */
export interface BaseInput extends Pick<PlanInput, "syncs" | "source" | "target" | "diagnostics"> {
  /** Null when the base config is unusable. */
  readonly digest: string | null;
}
