import type { Allowance } from "../model/allowance.ts";
import type { PlanEnd } from "../model/plan.ts";

/** `--allow` options as written on the command line. */
interface Allowed {
  /** Options that the plan stays within. */
  readonly fitting: readonly string[];
  /** Options whose limit refuses the plan anyway, because they name another number of people. */
  readonly misfit: readonly string[];
}

export function allowedOf(allowances: readonly Allowance[], { refusals }: PlanEnd): Allowed {
  const isMisfit = ({ sync, limit }: Allowance): boolean =>
    refusals.some(
      (refusal) =>
        (sync === null || sync === refusal.sync) && /(\w+)=\d+$/u.exec(refusal.allow)?.[1] === limit,
    );
  return {
    fitting: allowances.filter((one) => !isMisfit(one)).map(allowText),
    misfit: allowances.filter(isMisfit).map(allowText),
  };
}

/** The option as written on the command line. Not escaped: the name of the sync may contain anything. */
function allowText({ sync, limit, people }: Allowance): string {
  return `--allow ${sync === null ? "" : `${sync}.`}${limit}=${people}`;
}
