import { allowedLimits } from "../model/allowance.ts";
import type { Allowance } from "../model/allowance.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/**
 * Reads `--allow` options: `deletes=412` or `phone-directory.deletes=412`.
 *
 * @param syncs - names of the syncs of this run
 * @returns one diagnostic for each option that cannot be used or that contradicts an earlier one
 */
export function parseAllowances(
  options: readonly string[],
  syncs: readonly string[],
): { readonly allowances: readonly Allowance[]; readonly diagnostics: readonly Diagnostic[] } {
  const allowances: Allowance[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const option of options) {
    const allowance = parse(option);
    if (allowance === null) {
      diagnostics.push(
        problem(`--allow ${option} cannot be parsed. Copy it from the refusal, e.g. --allow deletes=412.`),
      );
    } else if (allowance.sync !== null && !syncs.includes(allowance.sync)) {
      const known = syncs.join(", ") || "none";
      diagnostics.push(
        problem(`--allow ${option} names a sync that is not in this run. The syncs are: ${known}.`),
      );
    } else if (allowances.some((other) => contradicts(other, allowance, syncs))) {
      diagnostics.push(contradiction(option));
    } else {
      allowances.push(allowance);
    }
  }
  return { allowances, diagnostics };
}

function parse(option: string): Allowance | null {
  const match = /^(?:(?<sync>.+)\.)?(?<limit>\w+)=(?<people>\d{1,9})$/.exec(option);
  const { sync, limit: written, people } = match?.groups ?? {};
  const limit = allowedLimits.find((known) => known === written);
  return limit === undefined ? null : { sync: sync ?? null, limit, people: Number(people), orFewer: false };
}

/** Whether two allowances give different numbers for one limit. In a run of one sync its name makes no difference. */
function contradicts(one: Allowance, other: Allowance, syncs: readonly string[]): boolean {
  const isSameSync = one.sync === other.sync || syncs.length === 1;
  return isSameSync && one.limit === other.limit && one.people !== other.people;
}

/** An error, because otherwise a list of guessed numbers would get past the limit. */
function contradiction(option: string): Diagnostic {
  return {
    severity: "error",
    code: "contradicting-allow",
    summary: "Two --allow options contradict each other",
    detail: `--allow ${option} and an earlier --allow give different numbers for one limit. Use the number from the refusal.`,
    place: null,
  };
}

function problem(detail: string): Diagnostic {
  return {
    severity: "error",
    code: "invalid-allow",
    summary: "An --allow option has no effect",
    detail: `${detail} It takes deletes, updates, creates or addressChanges, and an exact number of people.`,
    place: null,
  };
}
