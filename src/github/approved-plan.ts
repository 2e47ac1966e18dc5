import { listIn } from "./answers.ts";
import type { Github } from "./github-client.ts";
import type { GithubRun } from "./github-run.ts";

/** The pull request whose merge created a commit. */
export interface MergedPullRequest {
  readonly number: number;
  readonly headSha: string;
}

/** The artifact with the plan that was approved with a pull request. */
export interface PlanArtifact {
  readonly name: string;
  /** Id of the run that uploaded it. */
  readonly runId: number;
}

/** Finds the pull request whose merge created a commit; null for a commit that was pushed directly. */
export async function mergedPullRequest(
  github: Github,
  { owner, repo, sha }: GithubRun,
): Promise<MergedPullRequest | null> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    owner,
    repo,
    commit_sha: sha,
  });
  // A commit may be part of other pull requests too; only the one with this merge commit created it.
  const merged = listIn(data, "the pull requests of a commit").find(
    (one) => one.merge_commit_sha === sha && one.merged_at !== null,
  );
  return merged === undefined ? null : { number: merged.number, headSha: merged.head.sha };
}

/**
 * Finds the newest plan for the last commit of a pull request; null when there is none or it expired. Ignores runs of
 * forks, because their plans come from people who may not push.
 */
export async function findPlanArtifact(
  github: Github,
  { owner, repo }: GithubRun,
  prefix: string,
  headSha: string,
): Promise<PlanArtifact | null> {
  const name = `${prefix}-${headSha}`;
  const { data } = await github.request("GET /repos/{owner}/{repo}/actions/artifacts", {
    owner,
    repo,
    name,
    per_page: 100,
  });
  const [newest] = listIn(data.artifacts, "the artifacts")
    .filter(({ expired, workflow_run: run }) => {
      if (expired || run === null || run === undefined) return false;
      return run.head_sha === headSha && run.head_repository_id === run.repository_id;
    })
    .toSorted((one, other) => other.id - one.id);
  const runId = newest?.workflow_run?.id;
  return runId === undefined ? null : { name, runId };
}
