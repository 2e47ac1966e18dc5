import type { Command } from "commander";
import type { Context } from "../model/context.ts";
import type { CiApprovedPlanOptions } from "./commands/ci-approved-plan.ts";
import type { CiGithubOptions } from "./commands/ci-github.ts";
import type { ExitCode } from "./interface/exit-code.ts";
import { configOption, redactOption, talkOptions } from "./interface/options.ts";
import type { TalkOptions } from "./interface/options.ts";

/** The commands for workflows. */
export function addCi(program: Command, context: Context, end: (code: ExitCode) => void): void {
  const ci = program.command("ci").description("tell a CI system about plans");
  const github = ci
    .command("github")
    .description("tell GitHub: a comment that is kept up to date, summary, outputs, annotations")
    .requiredOption("--plan <file>", "a plan saved by galops plan -o")
    .option("--result <file>", "what galops apply --format json printed")
    .option(
      "--report-artifact <name>",
      "artifact with the page of the plan, for what has no room in a comment",
    )
    .option("--drift", "keep an issue about what differs, in place of the comment", false)
    .action(async (options: CiGithubOptions) => {
      const { runCiGithub } = await import("./commands/ci-github.ts");
      end(await runCiGithub(options, context));
    });
  for (const option of [configOption(), redactOption(), ...talkOptions()]) github.addOption(option);
  const approved = ci
    .command("approved-plan")
    .description("find the plan that was approved with the pull request of this commit")
    .option("--artifact <prefix>", "what the names of the plans' artifacts begin with", "galops-plan")
    .action(async (options: CiApprovedPlanOptions) => {
      const { runCiApprovedPlan } = await import("./commands/ci-approved-plan.ts");
      end(await runCiApprovedPlan(options, context));
    });
  for (const option of talkOptions()) approved.addOption(option);
  const key = ci
    .command("key")
    .description("make an age key for one job: its identity to a file, its recipient to stdout")
    .argument("<file>", "where the identity is written; must not exist")
    .action(async (file: string, options: TalkOptions) => {
      const { runCiKey } = await import("./commands/ci-key.ts");
      end(await runCiKey(file, options, context));
    });
  for (const option of talkOptions()) key.addOption(option);
}
