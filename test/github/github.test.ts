import { Octokit } from "@octokit/core";
import { expect, test } from "vitest";
import { createGithub } from "../../src/github/github-client.ts";
import { readGithubRun } from "../../src/github/github-run.ts";
import { keepComment } from "../../src/github/sticky.ts";
import type { Fetch } from "../../src/model/context.ts";
import { fakeGithub, githubToken } from "../fakes/github.ts";

const run = readGithubRun({
  GITHUB_REPOSITORY: "contoso/people",
  GITHUB_API_URL: "https://api.github.test/",
  GITHUB_TOKEN: githubToken,
});
const { signal } = new AbortController();

test("what fails on the way is tried again, and no more than a few times", async () => {
  const { fetch, failures, requests } = fakeGithub();
  const github = await createGithub(run, { fetch, signal }, { unitMs: 0 });
  failures.push(502, 503);
  const route = "GET /repos/{owner}/{repo}/issues";
  const { data } = await github.request(route, { owner: run.owner, repo: run.repo });
  expect(data).toEqual([]);
  expect(requests).toHaveLength(3);
  failures.push(500, 500, 500, 500, 500);
  await expect(github.request(route, { owner: run.owner, repo: run.repo })).rejects.toThrow(
    "GitHub answered 500 to GET /repos/{owner}/{repo}/issues (Something went wrong",
  );
  expect(failures).toHaveLength(1);
});

test("a comment whose answer was lost is not written twice", async () => {
  const { fetch, comments } = fakeGithub();
  const losing: Fetch = async (url, init) => {
    const answer = await fetch(url, init);
    return init.method === "POST" ? new Response("", { status: 502 }) : answer;
  };
  // Without the plugins, which would space the requests by seconds.
  const request = new Octokit({
    auth: githubToken,
    baseUrl: run.apiUrl,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: {
      fetch: (url: string, init: { method: string; headers: Record<string, string>; body?: string }) =>
        losing(url, { ...init, signal }),
    },
  }).request;
  const page = await keepComment({ request }, run, 7, { mark: "<!-- m -->", text: "hello" });
  expect(comments.map(({ body }) => body)).toEqual(["<!-- m -->\nhello"]);
  expect(page).toContain("#issuecomment-7000");
});
