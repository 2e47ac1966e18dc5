import { findPlanArtifact, mergedPullRequest } from "../../github/approved-plan.ts";
import { createGithub } from "../../github/github-client.ts";
import { readGithubRun } from "../../github/github-run.ts";
import { addOutputs } from "../../github/step-files.ts";
import type { Context } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { TalkOptions } from "../interface/options.ts";
import { createUi } from "../output/ui.ts";

export interface CiApprovedPlanOptions extends TalkOptions {
  /** What the names of the artifacts begin with. */
  readonly artifact: string;
}

/** Finds the plan that was approved with the pull request whose merge this commit is; outputs name and run of its artifact. */
export async function runCiApprovedPlan(options: CiApprovedPlanOptions, context: Context): Promise<ExitCode> {
  const ui = createUi(options, context);
  const run = readGithubRun(context.env);
  const github = await createGithub(run, context);
  const merged = await mergedPullRequest(github, run);
  if (merged === null) {
    throw commandError(
      "no-pull-request",
      "No plan was approved for this commit",
      `Commit ${run.sha} is not the merge of a pull request, so there is no approved plan. Nothing was changed. ` +
        "Protect the branch so that it changes only through pull requests, and open one.",
    );
  }
  const found = await findPlanArtifact(github, run, options.artifact, merged.headSha);
  if (found === null) {
    throw commandError(
      "no-approved-plan",
      "The approved plan is missing",
      `Pull request ${merged.number} has no artifact ${options.artifact}-${merged.headSha} : its plan failed, another workflow made it, or the artifact has expired. Nothing was changed. Open a pull request that plans again.`,
    );
  }
  await addOutputs(context.env, {
    "pull-request": String(merged.number),
    artifact: found.name,
    "run-id": String(found.runId),
  });
  await ui.remark(`The plan of pull request ${merged.number} is ${found.name} of run ${found.runId}.\n`);
  return exitCode.done;
}
