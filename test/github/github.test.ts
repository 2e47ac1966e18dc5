import { Octokit } from "@octokit/core";
import { expect, test } from "vitest";
import { createGithub } from "../../src/github/github-client.ts";
import { readGithubRun } from "../../src/github/github-run.ts";
import { keepComment } from "../../src/github/sticky.ts";
import type { Fetch } from "../../src/model/context.ts";
import { bot, fakeGithub, githubToken } from "../fakes/github.ts";
import type { FakeGithub } from "../fakes/github.ts";

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
    "GitHub answered 500 to GET /repos/contoso/people/issues (Something went wrong",
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

function answers(...failures: FakeGithub["failures"]): FakeGithub {
  const github = fakeGithub();
  github.failures.push(...failures);
  return github;
}

const comment = { mark: "<!-- m -->", text: "hello" };
const patient = { unitMs: 0 };

async function told(fetch: Fetch, apiUrl = run.apiUrl): Promise<string> {
  const github = await createGithub({ ...run, apiUrl }, { fetch, signal }, patient);
  return await keepComment(github, run, 7, comment);
}

test.each([
  ["an object", () => Response.json({ ok: true })],
  ["a page", () => new Response("<html>Welcome</html>", { headers: { "content-type": "text/html" } })],
  ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://login.test" } })],
  ["a list of something else", () => Response.json(["ok"])],
])("%s in place of GitHub's list is said to be none of GitHub's", async (_, answer) => {
  await expect(told(answers(403, answer()).fetch)).rejects.toMatchObject({
    code: "github-not-github",
    message: expect.stringContaining("GITHUB_API_URL"),
  });
});

test("where nobody answers it is said that nobody did, after one more try", async () => {
  let tries = 0;
  const refusing: Fetch = async () => {
    tries++;
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
  };
  const failed = told(refusing);
  await expect(failed).rejects.toMatchObject({
    code: "github-unreachable",
    message: expect.stringContaining(
      "cannot be reached at https://api.github.test (GITHUB_API_URL): api.github.test refused the connection",
    ),
  });
  await expect(failed).rejects.not.toThrow("answered");
  expect(tries).toBe(2);
});

test("an address of the API that is no URL is said to be none", async () => {
  await expect(told(fakeGithub().fetch, "not-a-url")).rejects.toMatchObject({
    code: "github-api-url",
    message: expect.stringContaining("not a URL"),
  });
});

test("a rate limit is not reported as a missing permission", async () => {
  const limited = Response.json(
    { message: "You have exceeded a secondary rate limit" },
    { status: 403, headers: { "retry-after": "600" } },
  );
  const failed = told(answers(403, limited).fetch);
  await expect(failed).rejects.toThrow("rate limit, not a missing permission. Run the job again in 10 min");
  await expect(failed).rejects.not.toThrow("pull-requests: write");
});

test("what GitHub will never take is not said to be taken the next time", async () => {
  const failed = told(answers(403, 422).fetch);
  await expect(failed).rejects.toThrow("422 to GET /repos/contoso/people/issues/7/comments");
  await expect(failed).rejects.not.toThrow("Run the job again");
});

test("a comment that is deleted once it is found is written anew", async () => {
  const { fetch, comments } = fakeGithub();
  comments.push({ id: 1, issue: 7, body: "<!-- m -->\nold", user: bot });
  const deleting: Fetch = async (url, init) => {
    if (init.method === "PATCH") comments.splice(0);
    return await fetch(url, init);
  };
  await told(deleting);
  expect(comments.map(({ body }) => body)).toEqual(["<!-- m -->\nhello"]);
});
