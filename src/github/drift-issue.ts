import { listIn, pageIn } from "./answers.ts";
import type { Github } from "./github-client.ts";
import type { GithubRun } from "./github-run.ts";
import { writerOf } from "./sticky.ts";

const label = "galops-drift";

export interface Drift {
  readonly mark: string;
  readonly title: string;
  readonly text: string;
  /** `none` closes the issue; `unknown` (not everything could be read) leaves it unchanged. */
  readonly state: "some" | "none" | "unknown";
}

/**
 * Creates, updates or closes the one open issue that begins with the mark. @returns its URL; null when there is none
 */
export async function keepDriftIssue(github: Github, run: GithubRun, drift: Drift): Promise<string | null> {
  const { owner, repo } = run;
  const { mark, title, text, state } = drift;
  const found = await findIssue(github, run, mark);
  if (state === "unknown") return found?.page ?? null;
  const body = `${mark}\n${text}`;
  if (found === null) {
    if (state === "none") return null;
    const { data } = await github.request("POST /repos/{owner}/{repo}/issues", {
      owner,
      repo,
      title,
      body,
      labels: [label],
      // No retries: after a lost response they would create a second issue. The next run creates one that is missing.
      request: { retries: 0 },
    });
    return pageIn(data, "the issue");
  }
  const { data } = await github.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number: found.number,
    body,
    ...(state === "none" ? { state: "closed" as const, state_reason: "completed" as const } : { title }),
  });
  return pageIn(data, "the issue");
}

async function findIssue(
  github: Github,
  { owner, repo }: GithubRun,
  mark: string,
): Promise<{ readonly number: number; readonly page: string } | null> {
  const isByUs = await writerOf(github);
  for (let page = 1; ; page++) {
    const { data } = await github.request("GET /repos/{owner}/{repo}/issues", {
      owner,
      repo,
      state: "open",
      labels: label,
      per_page: 100,
      page,
    });
    const found = listIn(data, "the issues").find(
      ({ body, user, pull_request }) =>
        pull_request === undefined && body?.startsWith(mark) === true && isByUs(user),
    );
    if (found !== undefined) return { number: found.number, page: found.html_url };
    if (data.length < 100) return null;
  }
}
