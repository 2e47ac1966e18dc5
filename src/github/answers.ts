import { GithubError } from "./github-error.ts";

/**
 * The list that GitHub was asked for: what answers in its place (a proxy, another server) may well answer 200.
 *
 * @throws {GithubError} where it is none
 */
export function listIn<T>(data: readonly T[] | undefined, what: string): readonly T[] {
  if (Array.isArray(data) && data.every((one) => typeof one === "object" && one !== null)) return data;
  throw notGithub(what);
}

/** The page of what was written. @throws {GithubError} where the answer has none */
export function pageIn(data: { readonly html_url?: unknown } | null, what: string): string {
  const page = data?.html_url;
  if (typeof page === "string") return page;
  throw notGithub(what);
}

function notGithub(what: string): GithubError {
  return new GithubError(
    "github-not-github",
    `What answers at GITHUB_API_URL gave something for ${what} that is not GitHub's. Check GITHUB_API_URL, and HTTPS_PROXY and NO_PROXY: a proxy or another server may answer in GitHub's place.`,
  );
}
