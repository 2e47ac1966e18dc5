import { listIn, pageIn } from "./answers.ts";
import type { Github } from "./github-client.ts";
import { GithubError } from "./github-error.ts";
import type { GithubRun } from "./github-run.ts";

type CommentId = number | bigint;

interface Author {
  readonly login: string;
  readonly type: string;
}

/**
 * Invisible first line of the comment or issue that galops keeps up to date, one for each config (by `name`). The name
 * is escaped, so that it cannot end the HTML comment.
 */
export function stickyMark(kind: "comment" | "drift", name: string): string {
  return `<!-- galops:${kind} ${encodeURIComponent(name).replaceAll("-", "%2D")} -->`;
}

/**
 * Returns a predicate for the author behind the token, so that text of others that begins with our mark is not mistaken
 * for ours. It accepts any bot when the token is the job's own, which cannot query its login.
 */
export async function writerOf(github: Github): Promise<(author: Author | null | undefined) => boolean> {
  const login = await github
    .request("GET /user")
    .then(({ data }) => (typeof data.login === "string" ? data.login : null))
    .catch((error: unknown) => {
      // When GitHub is unreachable, further requests are pointless.
      if (error instanceof GithubError && error.code === "github-unreachable") throw error;
      return null;
    });
  return (author) => author?.type === "Bot" || (login !== null && author?.login === login);
}

/** Creates or updates the one comment on a pull request that begins with `mark`. @returns URL of the comment */
export async function keepComment(
  github: Github,
  { owner, repo }: GithubRun,
  pullRequest: number,
  { mark, text }: { readonly mark: string; readonly text: string },
): Promise<string> {
  const body = `${mark}\n${text}`;
  const find = async (): Promise<CommentId | null> =>
    await findComment(github, { owner, repo, issue_number: pullRequest }, mark);
  const update = async (id: CommentId): Promise<string> => {
    const { data } = await github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: Number(id),
      body,
    });
    return pageIn(data, "the comment");
  };
  const found = await find();
  if (found !== null) {
    try {
      return await update(found);
    } catch (error) {
      // A 404 means that it was deleted in the meantime; create a new one.
      if (!(error instanceof GithubError) || error.status !== 404) throw error;
    }
  }
  const create = async (retries: number): Promise<string> => {
    const { data } = await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: pullRequest,
      body,
      request: { retries },
    });
    return pageIn(data, "the comment");
  };
  try {
    return await create(0);
  } catch (error) {
    if (error instanceof GithubError && error.isRefusal) throw error;
    // The comment may exist although the response was lost; do not create it twice.
    const made = await find();
    return made === null ? await create(0) : await update(made);
  }
}

async function findComment(
  github: Github,
  where: { readonly owner: string; readonly repo: string; readonly issue_number: number },
  mark: string,
): Promise<CommentId | null> {
  const isByUs = await writerOf(github);
  for (let page = 1; ; page++) {
    const { data } = await github.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...where,
      per_page: 100,
      page,
    });
    const found = listIn(data, "the comments").find(
      ({ body, user }) => body?.startsWith(mark) === true && isByUs(user),
    );
    if (found !== undefined) return found.id;
    if (data.length < 100) return null;
  }
}
