import { GithubError } from "./github-error.ts";

/**
 * Checks that a response is the requested list, because a proxy or another server in GitHub's place may answer 200,
 * too.
 *
 * @throws {GithubError} when it is not a list of objects
 */
export function listIn<T>(data: readonly T[] | undefined, what: string): readonly T[] {
  if (Array.isArray(data) && data.every((one) => typeof one === "object" && one !== null)) return data;
  throw notGithub(what);
}

/** URL of the comment or issue that was written. @throws {GithubError} when the response has none */
export function pageIn(data: { readonly html_url?: unknown } | null, what: string): string {
  const page = data?.html_url;
  if (typeof page === "string") return page;
  throw notGithub(what);
}

function notGithub(what: string): GithubError {
  return new GithubError(
    "github-not-github",
    `The response from GITHUB_API_URL for ${what} did not come from GitHub. Check GITHUB_API_URL, HTTPS_PROXY and NO_PROXY: a proxy or another server may be answering in GitHub's place.`,
  );
}
