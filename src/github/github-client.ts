import type { Octokit } from "@octokit/core";
import type { Context } from "../model/context.ts";
import { asGithubError, noAnswer } from "./failures.ts";
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
  /** Told of each wait that GitHub asks for. */
  readonly remark?: (text: string) => Promise<void>;
}

const mostRetries = 3;
const longestWaitSeconds = 120;

/**
 * Octokit with its own patience: what fails on the way is tried again, and the limits on writing are kept.
 *
 * @throws {GithubError} without a token, or where GITHUB_API_URL is no URL
 */
export async function createGithub(
  run: GithubRun,
  { fetch, signal }: Pick<Context, "fetch" | "signal">,
  { unitMs = 1000, remark }: GithubOptions = {},
): Promise<Github> {
  if (run.token === null) {
    throw new GithubError(
      "github-token-missing",
      "There is no GITHUB_TOKEN. Give it to the step: `env: { GITHUB_TOKEN: ${{ github.token }} }`.",
    );
  }
  const { apiUrl, token } = run;
  if (!URL.canParse(apiUrl) || !/^https?:/u.test(apiUrl)) {
    throw new GithubError(
      "github-api-url",
      `GITHUB_API_URL (${apiUrl}) is not a URL like https://api.github.com. GitHub sets it in each job: see which \`env\` sets it to something else.`,
    );
  }
  const [{ Octokit: Core }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const mayWait = async (seconds: number, _: unknown, __: unknown, tries: number): Promise<boolean> => {
    if (tries >= mostRetries || seconds > longestWaitSeconds) return false;
    await remark?.(`GitHub limits how much it is asked, and wants a wait of ${seconds} seconds.\n`);
    return true;
  };
  const octokit = new (Core.plugin(impatient(apiUrl), retry, throttling))({
    auth: token,
    baseUrl: apiUrl,
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
  octokit.hook.before("request", (options) => {
    // Octokit counts tries here, and would go on counting in the next request.
    options.request = { ...options.request };
  });
  octokit.hook.error("request", (error, options) => {
    signal.throwIfAborted();
    const { method, url } = octokit.request.endpoint(options);
    throw asGithubError(error, { what: `${method} ${new URL(url).pathname}`, apiUrl, token });
  });
  return { request: octokit.request };
}

let clients = 0;

/** Where nothing answers it is asked once more at most: who waits for a job should soon know. */
function impatient(apiUrl: string) {
  return (octokit: Octokit): void => {
    octokit.hook.error("request", (error, options) => {
      const failure = noAnswer(error, apiUrl);
      if (failure !== null) {
        const again = failure.passing && failure.code !== "connect-timeout" ? 1 : 0;
        const { retries = again } = options.request as { readonly retries?: number };
        options.request = { ...options.request, retries: Math.min(again, retries) };
      }
      throw error;
    });
  };
}

function nothing(): void {}

type OctokitInit = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** Octokit wants to be told the URL again. */
function throughContext(fetch: Context["fetch"], signal: AbortSignal) {
  return async (url: string, { method = "GET", headers = {}, body }: OctokitInit) => {
    const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    const response = await fetch(url, init);
    const { status, headers: answered } = response;
    const text = (): Promise<string> => response.text();
    return { url, status, headers: answered, text, arrayBuffer: () => response.arrayBuffer() };
  };
}
