/** Limits that `--allow` knows; `deletes` also speaks for people who vanished from their source. */
export const allowedLimits = ["deletes", "updates", "creates", "addressChanges"] as const;

export type AllowedLimit = (typeof allowedLimits)[number];

/** What one `--allow` lets through: so many people, of one sync or over all. */
export interface Allowance {
  /** Null: over all syncs of the plan. */
  readonly sync: string | null;
  readonly limit: AllowedLimit;
  readonly people: number;
  /** False: exactly so many. True: or fewer, since what is planned is the rest of what was approved. */
  readonly orFewer: boolean;
}
