import { networkFailure } from "../http/network-failure.ts";
import type { NetworkFailure } from "../http/network-failure.ts";
import { GithubError } from "./github-error.ts";

/** The members of Octokit's RequestError that are read. Other errors may have none of them. */
interface Failed {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> } | undefined;
}

/** Why no response arrived; null when one did. Octokit reports a missing response as status 500, too. */
export function noAnswer(error: unknown, url: string): NetworkFailure | null {
  const { response } = error as Failed;
  return response === undefined ? networkFailure(error, url) : null;
}

/** @param what - the request, as `METHOD path` */
export function asGithubError(
  error: unknown,
  { what, apiUrl, token }: { readonly what: string; readonly apiUrl: string; readonly token: string },
): GithubError {
  if (error instanceof GithubError) return error;
  const unreachable = noAnswer(error, apiUrl);
  if (unreachable !== null) {
    return new GithubError(
      "github-unreachable",
      `GitHub cannot be reached at ${apiUrl} (GITHUB_API_URL): ${unreachable.message} The request was ${what}. ${unreachable.passing ? "Run the job again later." : ""}`.trim(),
      error,
    );
  }
  const { status, message } = error as Failed;
  const answered = typeof status === "number" ? status : 0;
  // A gateway may quote the request, including the token, in its response.
  const said = typeof message === "string" ? ` (${message.replaceAll(token, "***").slice(0, 300)})` : "";
  const limit = rateLimit(error as Failed);
  const hint = limit ?? advice[answered] ?? (answered >= 500 ? "Run the job again." : permanent);
  return new GithubError(
    "github-failed",
    `GitHub answered ${answered} to ${what}${said}. ${hint}`,
    error,
    answered,
  );
}

const permanent = "Running the job again will not help by itself.";

/** Advice by status. GitHub answers 403 when permission is missing, or 404 to hide that the resource exists. */
const advice: Readonly<Record<number, string>> = {
  401: "The GITHUB_TOKEN is invalid or has expired.",
  403: "The job's token lacks permission. Give the job `permissions: { contents: read, pull-requests: write }`, for drift `issues: write`, for approved plans `actions: read`. Pull requests from forks and from Dependabot never get a token that can write.",
  404: "It does not exist, or the job's token has no access to it. Check the job's `permissions`.",
  410: "Issues are disabled in this repository. Enable them in its settings.",
  422: "GitHub considers the request invalid, and running the job again will not help. Its message says why.",
};

/**
 * Rate limits are answered with 403, too. @see
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
function rateLimit({ status, message, response }: Failed): string | null {
  const headers = response?.headers ?? {};
  const isLimit =
    status === 429 ||
    (status === 403 &&
      (headers["retry-after"] !== undefined ||
        headers["x-ratelimit-remaining"] === "0" ||
        (typeof message === "string" && /rate limit/iu.test(message))));
  if (!isLimit) return null;
  const seconds = Number(headers["retry-after"]);
  const later = Number.isFinite(seconds) && seconds > 0 ? `in ${Math.ceil(seconds / 60)} min` : "later";
  return `This is GitHub's rate limit, not a missing permission. Run the job again ${later}.`;
}
