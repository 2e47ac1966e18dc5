import type { Octokit } from "@octokit/core";
import type { Context } from "../model/context.ts";
import { GithubError } from "./github-error.ts";
import type { GithubRun } from "./github-run.ts";

/** GitHub's REST, for the repository of a run. */
export interface Github {
  /** @throws {GithubError} which says what was wanted and what is missing */
  request: Octokit["request"];
}

export interface GithubOptions {
  /** What GitHub's waits and pauses between tries are counted in; a second but for tests. */
  readonly unitMs?: number;
}

const mostRetries = 3;
const longestWaitSeconds = 120;

/**
 * Octokit with its own patience: what fails on the way is tried again, and the limits on writing are kept.
 *
 * @throws {GithubError} without a token
 */
export async function createGithub(
  run: GithubRun,
  { fetch, signal }: Pick<Context, "fetch" | "signal">,
  { unitMs = 1000 }: GithubOptions = {},
): Promise<Github> {
  if (run.token === null) {
    throw new GithubError(
      "github-token-missing",
      "There is no GITHUB_TOKEN. Give it to the step: `env: { GITHUB_TOKEN: ${{ github.token }} }`.",
    );
  }
  const [{ Octokit: Core }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const mayWait = (seconds: number, _: unknown, __: unknown, tries: number): boolean =>
    tries < mostRetries && seconds <= longestWaitSeconds;
  const octokit = new (Core.plugin(retry, throttling))({
    auth: run.token,
    baseUrl: run.apiUrl,
    userAgent: "galops",
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    request: { fetch: throughContext(fetch, signal) },
    retry: { retries: mostRetries, retryAfterBaseValue: unitMs },
    throttle: {
      // The plugin remembers by this name; two clients of one process are two programs to it.
      id: `galops-${++clients}`,
      retryAfterBaseValue: unitMs,
      onRateLimit: mayWait,
      onSecondaryRateLimit: mayWait,
    },
  });
  octokit.hook.error("request", (error, { method, url }) => {
    signal.throwIfAborted();
    throw asGithubError(error, `${method} ${url}`, run.token ?? "");
  });
  return { request: octokit.request };
}

let clients = 0;

function nothing(): void {}

type OctokitInit = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

function throughContext(fetch: Context["fetch"], signal: AbortSignal) {
  return async (url: string, { method = "GET", headers = {}, body }: OctokitInit): Promise<Response> =>
    await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

/** What GitHub answers to those who may not is 403, or 404 where it does not even say that there is something. */
const advice: Readonly<Record<number, string>> = {
  401: "The GITHUB_TOKEN is not valid (any more).",
  403: "The job's token may not do this. Give the job `permissions: { contents: read, pull-requests: write }`, for drift `issues: write`, for approved plans `actions: read`. Pull requests of forks and of Dependabot never have a token that writes.",
  404: "It does not exist, or the job's token may not see it: check the job's `permissions`.",
  410: "Issues are switched off in this repository.",
};

function asGithubError(error: unknown, what: string, token: string): GithubError {
  if (error instanceof GithubError) return error;
  const { status, message } = error as { readonly status?: unknown; readonly message?: unknown }; // RequestError's
  const answered = typeof status === "number" ? ` answered ${status}` : " gave no answer";
  // A gateway may quote the request in its answer.
  const said = typeof message === "string" ? ` (${message.replaceAll(token, "***").slice(0, 300)})` : "";
  const hint = typeof status === "number" ? (advice[status] ?? "Run the job again.") : "Run the job again.";
  const isRefusal = typeof status === "number" && status >= 400 && status < 500;
  return new GithubError("github-failed", `GitHub${answered} to ${what}${said}. ${hint}`, error, isRefusal);
}
