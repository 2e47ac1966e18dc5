import { allowedLimits } from "../model/allowance.ts";
import type { Allowance } from "../model/allowance.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/**
 * Reads `--allow` options: `deletes=412` or `phone-directory.deletes=412`.
 *
 * @param syncs - names of the syncs of this run
 * @returns one diagnostic for each option that says nothing
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
        problem(
          `--allow ${option} is not understood. Write it as the refusal does, e.g. --allow deletes=412.`,
        ),
      );
    } else if (allowance.sync !== null && !syncs.includes(allowance.sync)) {
      const known = syncs.join(", ") || "none";
      diagnostics.push(problem(`--allow ${option} names no sync of this run. The syncs are: ${known}.`));
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

function problem(detail: string): Diagnostic {
  return {
    severity: "error",
    code: "invalid-allow",
    summary: "An --allow option says nothing",
    detail: `${detail} It can name deletes, updates, creates and addressChanges, with an exact number of people.`,
    place: null,
  };
}
