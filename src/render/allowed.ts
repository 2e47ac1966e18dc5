import type { Allowance } from "../model/allowance.ts";
import type { PlanEnd } from "../model/plan.ts";

/** As options are written, apart by what became of them. */
interface Allowed {
  /** What was let through. */
  readonly fitting: readonly string[];
  /** What a refusal stands against all the same: another number of people was named. */
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

/** As the option is written; its sync may be called anything. */
function allowText({ sync, limit, people }: Allowance): string {
  return `--allow ${sync === null ? "" : `${sync}.`}${limit}=${people}`;
}
