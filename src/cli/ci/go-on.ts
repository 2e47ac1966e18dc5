import { runAgainWith } from "../../model/allowance.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanRecord } from "../../model/plan.ts";
import { sizeOf } from "../../render/markdown/budget.ts";
import { fenced } from "../../render/markdown/inline.ts";

/** How one goes on on GitHub, as Markdown and as the workflow has it, where the command line would say otherwise. */

/** After a merge whose plan was not made. */
export const planAgain =
  "To go on, open a pull request that plans again; a commit that changes only a comment in the config is enough. " +
  "Review its plan, approve and merge it. Running this job again does not help. A scheduled sync, if there is " +
  "one, applies the config of the branch within the limits, approved or not.";

/** After an apply that could not begin. */
export function howToGoOn(diagnostics: readonly Diagnostic[]): string {
  const isOfPlan = diagnostics.some(({ code }) => /^(?:plan|limit)-/u.test(code));
  return isOfPlan
    ? planAgain
    : "To go on, fix the problems above: the config in a pull request, whose merge is applied; anything else in its place, " +
        "then run this job again.";
}

const option = /--allow (?<people>\S+=\d+)/gu;

/** What a limit says, with the place where its numbers are acknowledged. */
export function inWorkflow(text: string): string {
  const allowed = new Map(
    [...text.matchAll(option)].map(({ 0: allow, groups }) => [allow, groups?.["people"] ?? ""]),
  );
  return [...allowed].reduce((said, [allow, people]) => {
    const place = `put allow: ${people} into the inputs (with:) of galops-plan in the workflow file, in a pull request`;
    const words = runAgainWith(allow);
    // Whatever it says, nobody has a command line here.
    return said.includes(words) ? said.replaceAll(words, () => place) : `${said} On GitHub, ${place}.`;
  }, text);
}

/** The same for all that a plan has to say. */
export async function* recordsInWorkflow(records: AsyncIterable<PlanRecord>): AsyncGenerator<PlanRecord> {
  for await (const record of records) {
    if (record.type !== "end") yield record;
    else {
      const refusals = record.refusals.map((one) => ({
        ...one,
        message: inWorkflow(one.message),
      }));
      yield { ...record, refusals };
    }
  }
}

/** The lines of the workflow that let all of it through; "" where nothing is refused, or where it would be too long. */
export function allowLines(refused: readonly { readonly allow: string }[]): string {
  if (refused.length === 0) return "";
  const allow = refused.map((one) => one.allow.replace(/^--allow /u, "")).join(" ");
  const text =
    "\nTo permit this, change the workflow file in a pull request:\n\n" +
    fenced("yaml", ["    uses: …/.github/workflows/galops-plan.yml@…", "    with:", `      allow: ${allow}`]);
  return sizeOf(text) > 2000 ? "" : text;
}
