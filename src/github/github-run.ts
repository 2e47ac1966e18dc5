import { readFileSync } from "node:fs";
import type { Environment } from "../model/context.ts";
import { GithubError } from "./github-error.ts";

/** The run of a workflow in which galops works, as GitHub tells it. */
export interface GithubRun {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  /** Null where the job has none. */
  readonly token: string | null;
  /** The commit that was checked out; of a pull request the trial merge. */
  readonly sha: string;
  /** The page of the run; null where GitHub does not say. */
  readonly page: string | null;
  /** Null where no pull request set off the run. */
  readonly pullRequest: PullRequestEvent | null;
  /** The name of what set off the run; empty where GitHub does not say. */
  readonly event: string;
  /** The commit of such a run is the last one there is: the run has nothing to do with how that came to be. */
  readonly isScheduled: boolean;
}

export interface PullRequestEvent {
  readonly number: number;
  readonly headSha: string;
  /** From another repository: its runs have no secrets, and a token that can only read. */
  readonly isFork: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 * @throws {GithubError} outside of GitHub Actions
 */
export function readGithubRun(env: Environment): GithubRun {
  const { owner, repo } =
    /^(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)$/u.exec(env["GITHUB_REPOSITORY"] ?? "")?.groups ?? {};
  if (owner === undefined || repo === undefined) {
    throw new GithubError(
      "github-repository-unknown",
      "This is no run of GitHub Actions: GITHUB_REPOSITORY names no repository. galops ci github works in a workflow.",
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
      `What set off this run cannot be read from GITHUB_EVENT_PATH (${file}), so it is not known which pull request it is about.`,
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
  // The repository of a fork may be gone, and then it is null.
  return { number, headSha: head["sha"], isFork: typeof from !== "string" || from !== into };
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}
