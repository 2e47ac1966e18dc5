import type { Octokit } from "@octokit/core";
import type { Context } from "../model/context.ts";
import { asGithubError, noAnswer } from "./failures.ts";
import { GithubError } from "./github-error.ts";
import type { GithubRun } from "./github-run.ts";

/** GitHub's REST API, for the repository of a run. */
export interface Github {
  /** @throws {GithubError} that names the request and what to do */
  request: Octokit["request"];
}

export interface GithubOptions {
  /** Milliseconds per unit of delay between retries; 1000 except in tests. */
  readonly unitMs?: number;
  /** Called for each wait that GitHub demands. */
  readonly remark?: (text: string) => Promise<void>;
}

const mostRetries = 3;
const longestWaitSeconds = 120;

/**
 * Creates an Octokit client that retries failed requests and respects GitHub's rate limits.
 *
 * @throws {GithubError} without a token, or when GITHUB_API_URL is not a URL
 */
export async function createGithub(
  run: GithubRun,
  { fetch, signal }: Pick<Context, "fetch" | "signal">,
  { unitMs = 1000, remark }: GithubOptions = {},
): Promise<Github> {
  if (run.token === null) {
    throw new GithubError(
      "github-token-missing",
      "GITHUB_TOKEN is not set. Add it to the step: `env: { GITHUB_TOKEN: ${{ github.token }} }`.",
    );
  }
  const { apiUrl, token } = run;
  if (!URL.canParse(apiUrl) || !/^https?:/u.test(apiUrl)) {
    throw new GithubError(
      "github-api-url",
      `GITHUB_API_URL (${apiUrl}) is not a URL like https://api.github.com. GitHub sets it in each job: find the \`env\` that overrides it.`,
    );
  }
  const [{ Octokit: Core }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const mayWait = async (seconds: number, _: unknown, __: unknown, tries: number): Promise<boolean> => {
    if (tries >= mostRetries || seconds > longestWaitSeconds) return false;
    await remark?.(`Waiting ${seconds} seconds because of GitHub's rate limit.\n`);
    return true;
  };
  const octokit = new (Core.plugin(limitedRetries(apiUrl), retry, throttling))({
    auth: token,
    baseUrl: apiUrl,
    userAgent: "galops",
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    request: { fetch: throughContext(fetch, signal) },
    retry: { retries: mostRetries, retryAfterBaseValue: unitMs },
    throttle: {
      // The plugin shares its state between clients with the same id; each client needs its own.
      id: `galops-${++clients}`,
      retryAfterBaseValue: unitMs,
      onRateLimit: mayWait,
      onSecondaryRateLimit: mayWait,
    },
  });
  octokit.hook.before("request", (options) => {
    // Octokit counts retries in this object, which must not be shared with the next request.
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

/** Retries at most once when no response arrives, so that the job soon reports that GitHub is unreachable. */
function limitedRetries(apiUrl: string) {
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

/** Adapts the context's fetch to Octokit, which expects the URL in the response. */
function throughContext(fetch: Context["fetch"], signal: AbortSignal) {
  return async (url: string, { method = "GET", headers = {}, body }: OctokitInit) => {
    const init = { method, headers, signal, ...(body === undefined ? {} : { body }) };
    const response = await fetch(url, init);
    const { status, headers: answered } = response;
    const text = (): Promise<string> => response.text();
    return { url, status, headers: answered, text, arrayBuffer: () => response.arrayBuffer() };
  };
}
