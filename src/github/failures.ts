import { networkFailure } from "../http/network-failure.ts";
import type { NetworkFailure } from "../http/network-failure.ts";
import { GithubError } from "./github-error.ts";

/** Octokit's RequestError, as far as it is looked at; anything else has none of it. */
interface Failed {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> } | undefined;
}

/** Why no answer came; null where one came. Octokit tells both alike, as a status 500. */
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
      `GitHub cannot be reached at ${apiUrl} (GITHUB_API_URL): ${unreachable.message} It was to ${what}. ${unreachable.passing ? "Run the job again when it can." : ""}`.trim(),
      error,
    );
  }
  const { status, message } = error as Failed;
  const answered = typeof status === "number" ? status : 0;
  // A gateway may quote the request in its answer.
  const said = typeof message === "string" ? ` (${message.replaceAll(token, "***").slice(0, 300)})` : "";
  const limit = rateLimit(error as Failed);
  const hint = limit ?? advice[answered] ?? (answered >= 500 ? "Run the job again." : forGood);
  return new GithubError(
    "github-failed",
    `GitHub answered ${answered} to ${what}${said}. ${hint}`,
    error,
    answered,
  );
}

const forGood = "To run the job again does not help by itself.";

/** What GitHub answers to those who may not is 403, or 404 where it does not even say that there is something. */
const advice: Readonly<Record<number, string>> = {
  401: "The GITHUB_TOKEN is not valid (any more).",
  403: "The job's token may not do this. Give the job `permissions: { contents: read, pull-requests: write }`, for drift `issues: write`, for approved plans `actions: read`. Pull requests of forks and of Dependabot never have a token that writes.",
  404: "It does not exist, or the job's token may not see it: check the job's `permissions`.",
  410: "Issues are switched off in this repository.",
  422: "GitHub does not take this as it is, now or later: what it says of it tells why.",
};

/** A limit on how much is asked is answered with 403, too. @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
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
  return `This is GitHub's rate limit, no missing permission: run the job again ${later}.`;
}
