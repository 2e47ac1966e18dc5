import { readFileSync } from "node:fs";
import path from "node:path";
import type { Context, Environment } from "../../model/context.ts";

/**
 * Who may read what a CI run prints: `nowhere` when this is no CI run; `unknown` where GitHub does not say.
 * Of other CI systems only GitLab tells; what the others print is taken to be private.
 */
export type Readers = "nowhere" | "private" | "public" | "unknown";

/**
 * Whoever sets one of these runs jobs whose output others can read. Most set `CI`; the others are told by what only
 * they set. What is taken for CI by mistake hides people on a terminal, where `--redact none` shows them.
 *
 * @see https://github.com/watson/ci-info/blob/master/vendors.json
 */
const ciVariables: readonly string[] = [
  "CI",
  "CI_NAME",
  "CONTINUOUS_INTEGRATION",
  "BUILD_ID",
  "BUILD_NUMBER",
  "AC_APPCIRCLE",
  "APPVEYOR",
  "BITBUCKET_BUILD_NUMBER",
  "BITRISE_IO",
  "BUDDY_WORKSPACE_ID",
  "BUILDER_OUTPUT", // Google Cloud Build
  "BUILDKITE",
  "CF_BUILD_ID", // Codefresh
  "CIRCLECI",
  "CIRRUS_CI",
  "CODEBUILD_BUILD_ARN",
  "DRONE",
  "GITEA_ACTIONS",
  "GITHUB_ACTIONS",
  "GITLAB_CI",
  "GO_PIPELINE_LABEL", // GoCD
  "HARNESS_BUILD_ID",
  "HUDSON_URL",
  "JENKINS_URL",
  "PROW_JOB_ID",
  "SCREWDRIVER",
  "SEMAPHORE",
  "TASKCLUSTER_ROOT_URL",
  "TEAMCITY_VERSION",
  "TF_BUILD", // Azure Pipelines
  "TRAVIS",
  "bamboo_planKey",
];

export function readersOfLog(env: Environment): Readers {
  if (!ciVariables.some((name) => isSet(env[name]))) return "nowhere";
  if (isSet(env["GITHUB_ACTIONS"])) return readersOnGitHub(env["GITHUB_EVENT_PATH"]);
  return env["CI_PROJECT_VISIBILITY"] === "public" ? "public" : "private";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value.toLowerCase());
}

/**
 * GitHub writes what set off the run to a file, and in it the repository; with scheduled runs, too.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
function readersOnGitHub(file: string | undefined): Readers {
  if (file === undefined || file === "") return "unknown";
  let event: unknown;
  try {
    event = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return "unknown";
  }
  const repository = property(event, "repository");
  const visibility = property(repository, "visibility");
  const isPrivate = property(repository, "private");
  // They must agree: an event of another kind may have one of them only, and none is believed to be private by mistake.
  if (visibility === "public" || isPrivate === false) return "public";
  if (visibility === "private" || visibility === "internal" || isPrivate === true) return "private";
  return "unknown";
}

function property(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null && Object.hasOwn(of, name)
    ? (of as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** A file as the repository names it, wherever in it the command runs. */
export function inRepository(file: string, { cwd, env }: Pick<Context, "cwd" | "env">): string {
  const workspace = env["GITHUB_WORKSPACE"] ?? "";
  const root = workspace === "" ? cwd : workspace;
  const relative = path.relative(root, path.resolve(cwd, file));
  return relative.startsWith("..") ? file : relative.replaceAll(path.sep, "/");
}
