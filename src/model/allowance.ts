/** Limits that `--allow` can raise; `deletes` also covers people who vanished from their source (`shrink`). */
export const allowedLimits = ["deletes", "updates", "creates", "addressChanges"] as const;

export type AllowedLimit = (typeof allowedLimits)[number];

/** What one `--allow` permits: a number of people, in one sync or over all syncs. */
export interface Allowance {
  /** Null means over all syncs of the plan. */
  readonly sync: string | null;
  readonly limit: AllowedLimit;
  readonly people: number;
  /** False: exactly `people`. True: `people` or fewer, because the plan is the rest of an approved one. */
  readonly orFewer: boolean;
}

/**
 * How the message of a refusal says that one goes on: by the same command with an option (`Refusal.allow`). Where
 * another way leads on, these words of the message give way to it.
 */
export function runAgainWith(allow: string): string {
  return `run it again with ${allow}`;
}
