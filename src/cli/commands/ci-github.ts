import { existsSync } from "node:fs";
import path from "node:path";
import { mergedPullRequest } from "../../github/approved-plan.ts";
import { keepDriftIssue } from "../../github/drift-issue.ts";
import { createGithub } from "../../github/github-client.ts";
import { readGithubRun } from "../../github/github-run.ts";
import type { GithubRun } from "../../github/github-run.ts";
import { addOutputs, addToSummary, summaryRoom } from "../../github/step-files.ts";
import { keepComment, stickyMark } from "../../github/sticky.ts";
import type { Context } from "../../model/context.ts";
import { renderAnnotations } from "../../render/annotations.ts";
import { codeSpan } from "../../render/markdown/inline.ts";
import { sizeOf } from "../../render/markdown/budget.ts";
import { driftOf, reportDiagnostics, reportMarkdown, reportOutputs } from "../ci/ci-report.ts";
import type { CiReport, ReportFrame } from "../ci/ci-report.ts";
import { CommandError, commandError } from "../interface/command-error.ts";
import { exitCode } from "../interface/exit-code.ts";
import type { ExitCode } from "../interface/exit-code.ts";
import type { ConfigOptions } from "../interface/options.ts";
import { inRepository } from "../process/repository.ts";
import { readApplyOutput } from "../ci/result-file.ts";
import { openToldPlan, refuseAnother } from "../ci/told-plan.ts";
import { createUi } from "../output/ui.ts";
import { passphraseWarnings } from "../plans/seals.ts";
import type { Ui } from "../output/ui.ts";

export interface CiGithubOptions extends ConfigOptions {
  readonly plan: string;
  readonly result?: string;
  readonly drift: boolean;
  /** Of the page of the plan, to which is pointed for what has no room. */
  readonly reportArtifact?: string;
}

/** What GitHub takes as a comment or as the body of an issue, in characters. */
const bodySize = 65_536;

/** Everything that a report goes to. */
interface Desk {
  readonly report: CiReport;
  readonly frame: ReportFrame;
  readonly run: GithubRun;
  readonly ui: Ui;
  readonly context: Context;
  /** Name of the artifact with the page of the plan; null where none is known of. */
  readonly artifact: string | null;
}

/**
 * Tells GitHub of a plan and of what became of it: annotations, outputs and the step's summary first, which need
 * nobody's permission; then the comment on the pull request, or the issue about drift.
 */
export async function runCiGithub(options: CiGithubOptions, context: Context): Promise<ExitCode> {
  const ui = createUi({ ...options, format: "markdown" }, context);
  const run = readGithubRun(context.env);
  const { plan, unreadable } = await openToldPlan(options.plan, context);
  try {
    const output =
      options.result === undefined ? null : await readApplyOutput(path.resolve(context.cwd, options.result));
    const report: CiReport = { plan, unreadable, output };
    const frame = frameOf(options, run, context);
    const desk: Desk = { report, frame, run, ui, context, artifact: options.reportArtifact ?? null };
    await refuseAnother(report, options, frame.name, context);
    await tellStep(desk);
    // What is not known is told of in no issue; the plan's own failure is in the log.
    if (options.drift && plan === null)
      throw unreadable.length > 0 ? new CommandError(unreadable) : planMissing(options.plan);
    if (options.drift) await tellIssue(desk);
    else await tellPullRequest(desk);
    await ui.report(unreadable);
    return unreadable.length > 0 && output === null ? exitCode.error : exitCode.done;
  } finally {
    await plan?.close();
  }
}

function planMissing(file: string): CommandError {
  return commandError(
    "plan-missing",
    "There is no plan to report",
    `${file} does not exist or is empty, so it is unknown whether there is drift. The issue was not changed. galops plan -o ${file} creates the file; if it failed, its output says why.`,
  );
}

function frameOf({ config }: CiGithubOptions, run: GithubRun, context: Context): ReportFrame {
  const found = existsSync(path.resolve(context.cwd, "galops.yaml")) ? "galops.yaml" : "galops";
  return {
    name: inRepository(config ?? found, context),
    commit: run.pullRequest?.headSha ?? run.sha,
    page: run.page,
  };
}

async function tellStep({ report, frame, run, ui, context, artifact }: Desk): Promise<void> {
  const { env } = context;
  // Looked at first, so that all that follows hides whom the plan names.
  const summary = await reportMarkdown(
    report,
    frame,
    ui,
    await summaryRoom(env),
    artifact === null
      ? "the page of the plan (<code>--format html</code>) has all of them"
      : `the artifact ${codeSpan(artifact)} has all of them`,
  );
  await ui.print(
    renderAnnotations(
      ui.diagnostics([...reportDiagnostics(report), ...passphraseWarnings([], env)]),
      (file) => inRepository(file, context),
    ),
  );
  await addOutputs(env, reportOutputs(report));
  const why = cannotComment(run);
  await addToSummary(env, why === null ? summary : `${summary}\n${why}\n`);
}

/** Why no comment will be written on the pull request of the run. */
function cannotComment({ pullRequest, token }: GithubRun): string | null {
  if (pullRequest === null) return null;
  if (pullRequest.isFork) {
    return "This pull request comes from a fork, whose runs cannot write comments, so the plan is shown only here.";
  }
  return token === null ? "The step has no GITHUB_TOKEN, so the plan is shown only here." : null;
}

async function tellPullRequest(desk: Desk): Promise<void> {
  const { report, frame, run, ui, context } = desk;
  const why = cannotComment(run);
  if (why !== null) return await ui.remark(`${why}\n`);
  if (run.pullRequest === null && (report.output === null || run.isScheduled)) {
    return await ui.remark(`No comment was written: ${ofNoPullRequest(run)}.\n`);
  }
  if (run.token === null)
    return await ui.remark("The step has no GITHUB_TOKEN, so no comment was written.\n");
  const github = await createGithub(run, context, { remark: (text) => ui.remark(text) });
  const { number } = run.pullRequest ?? (await mergedPullRequest(github, run)) ?? { number: null };
  if (number === null) {
    return await ui.remark(
      `No comment was written: commit ${run.sha.slice(0, 12)} is not the merge of a pull request.\n`,
    );
  }
  const mark = stickyMark("comment", frame.name);
  const page = await keepComment(github, run, number, { mark, text: await body(desk, mark) });
  await addOutputs(context.env, { "comment-url": page });
  await ui.remark(`The comment on pull request ${number} is up to date: ${page}\n`);
}

function ofNoPullRequest({ event, isScheduled }: GithubRun): string {
  if (isScheduled) return "a scheduled run belongs to no pull request";
  return `the event of this run${event === "" ? "" : ` (${event})`} names no pull request`;
}

async function tellIssue(desk: Desk): Promise<void> {
  const { report, frame, run, ui, context } = desk;
  const github = await createGithub(run, context, { remark: (text) => ui.remark(text) });
  const mark = stickyMark("drift", frame.name);
  const state = driftOf(report.plan);
  const page = await keepDriftIssue(github, run, {
    mark,
    title: `galops: the tenants differ from ${frame.name}`,
    text: await body(desk, mark),
    state,
  });
  await addOutputs(context.env, {
    drift: String(state === "some"),
    "issue-url": page ?? "",
  });
  if (page !== null) await ui.remark(`The drift issue is ${said[state]}: ${page}\n`);
}

const said = {
  some: "up to date",
  none: "closed, because there is none",
  unknown: "unchanged, because not everything could be read",
} as const;

async function body({ report, frame, ui, artifact }: Desk, mark: string): Promise<string> {
  const where = frame.page === null ? "the summary of the run has more" : `[the run](${frame.page}) has more`;
  const more = artifact === null ? where : `${where}, and its artifact ${codeSpan(artifact)} all of them`;
  return await reportMarkdown(report, frame, ui, bodySize - sizeOf(`${mark}\n`), more);
}
