import { readFileSync } from "node:fs";
import type { Environment } from "../model/context.ts";
import { GithubError } from "./github-error.ts";

/** The workflow run in which galops runs, as described by GitHub. */
export interface GithubRun {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  /** Null when the job has none. */
  readonly token: string | null;
  /** The commit that triggered the run; for a pull request, its trial merge. */
  readonly sha: string;
  /** URL of the run; null when unknown. */
  readonly page: string | null;
  /** Null unless a pull request triggered the run. */
  readonly pullRequest: PullRequestEvent | null;
  /** Name of the event that triggered the run; "" when unknown. */
  readonly event: string;
  /** Set for a scheduled run, whose commit is simply the latest one and unrelated to the run. */
  readonly isScheduled: boolean;
}

export interface PullRequestEvent {
  readonly number: number;
  readonly headSha: string;
  /** From another repository, whose runs have no secrets and a read-only token. */
  readonly isFork: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the run from the variables that GitHub sets.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 * @throws {GithubError} outside of GitHub Actions
 */
export function readGithubRun(env: Environment): GithubRun {
  const { owner, repo } =
    /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/u.exec(env["GITHUB_REPOSITORY"] ?? "")?.groups ?? {};
  if (owner === undefined || repo === undefined) {
    throw new GithubError(
      "github-repository-unknown",
      "This is not a GitHub Actions run: GITHUB_REPOSITORY does not name a repository. Run galops ci github in a workflow.",
    );
  }
  const token = env["GITHUB_TOKEN"] ?? "";
  return {
    owner,
    repo,
    apiUrl: (env["GITHUB_API_URL"] ?? "https://api.github.com").replace(/\/+$/u, ""),
    token: token === "" ? null : token,
    sha: env["GITHUB_SHA"] ?? "",
    page: pageOf(env),
    pullRequest: pullRequestIn(readEvent(env["GITHUB_EVENT_PATH"] ?? "")),
    event: env["GITHUB_EVENT_NAME"] ?? "",
    isScheduled: env["GITHUB_EVENT_NAME"] === "schedule",
  };
}

function pageOf(env: Environment): string | null {
  const server = (env["GITHUB_SERVER_URL"] ?? "https://github.com").replace(/\/+$/u, "");
  const id = env["GITHUB_RUN_ID"] ?? "";
  if (!/^\d+$/u.test(id) || !/^https?:\/\/[\w.:-]+$/u.test(server)) return null;
  return `${server}/${env["GITHUB_REPOSITORY"]}/actions/runs/${id}`;
}

function readEvent(file: string): Json {
  if (file === "") return {};
  try {
    return asObject(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new GithubError(
      "github-event-unreadable",
      `The event in GITHUB_EVENT_PATH (${file}) cannot be read, so the pull request of this run is unknown.`,
      error,
    );
  }
}

function pullRequestIn(event: Json): PullRequestEvent | null {
  const pullRequest = asObject(event["pull_request"]);
  const { number } = pullRequest;
  const head = asObject(pullRequest["head"]);
  if (typeof number !== "number" || typeof head["sha"] !== "string") return null;
  const from = asObject(head["repo"])["full_name"];
  const into = asObject(asObject(pullRequest["base"])["repo"])["full_name"];
  // Null when the fork's repository was deleted.
  return { number, headSha: head["sha"], isFork: typeof from !== "string" || from !== into };
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
