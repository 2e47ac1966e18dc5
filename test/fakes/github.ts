import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fetch, FetchInit } from "../../src/model/context.ts";

export interface FakeComment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: FakeUser;
}

export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly labels: readonly string[];
  readonly user: FakeUser;
}

interface FakeUser {
  readonly login: string;
  readonly type: "Bot" | "User";
}

interface FakePull {
  readonly number: number;
  readonly headSha: string;
  readonly mergeSha: string | null;
}

interface FakeArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly headSha: string;
  readonly isFork: boolean;
  readonly expired: boolean;
}

/** GitHub's REST for one repository, with a job's token: as strict as the real one about what it knows. */
export interface FakeGithub {
  readonly comments: FakeComment[];
  readonly issues: FakeIssue[];
  readonly pulls: FakePull[];
  readonly artifacts: FakeArtifact[];
  /** `METHOD path`, without the query. */
  readonly requests: string[];
  /** Answers of these statuses come first, one for each request. */
  readonly failures: (number | Response)[];
  readonly fetch: Fetch;
  /** The same over HTTP on loopback, for processes. */
  listen(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

export const githubToken = "ghs_test";
export const bot: FakeUser = { login: "github-actions[bot]", type: "Bot" };
const repository = "/repos/contoso/people";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

export function fakeGithub(options: { readonly token?: "job" | "read-only" } = {}): FakeGithub {
  const world: Omit<FakeGithub, "fetch" | "listen"> = {
    comments: [],
    issues: [],
    pulls: [],
    artifacts: [],
    requests: [],
    failures: [],
  };

  function answer(call: Call, authorization: string | undefined): Response {
    world.requests.push(`${call.method} ${call.path}`);
    const failure = world.failures.shift();
    if (failure instanceof Response) return failure;
    if (failure !== undefined) return problem(failure, "Something went wrong");
    if (authorization !== `token ${githubToken}`) return problem(401, "Bad credentials");
    if (call.method !== "GET" && options.token === "read-only") {
      return problem(403, "Resource not accessible by integration");
    }
    return route(world, call);
  }

  const fetch: Fetch = async (url, { method, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    const lowered = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const json = typeof body === "string" ? (JSON.parse(body) as Call["body"]) : {};
    return answer({ method, path: pathname, query: searchParams, body: json }, lowered["authorization"]);
  };
  return { ...world, fetch, listen: () => listen(fetch) };
}

function route(world: Omit<FakeGithub, "fetch" | "listen">, { method, path, query, body }: Call): Response {
  const { comments, issues, pulls, artifacts } = world;
  const is = (wanted: string, pattern: RegExp): RegExpExecArray | null =>
    method === wanted && path.startsWith(repository) ? pattern.exec(path.slice(repository.length)) : null;
  const text = typeof body["body"] === "string" ? body["body"] : "";
  if (text.length > 65_536) return problem(422, "Body is too long (maximum is 65536 characters)");
  if (method === "GET" && path === "/user") return problem(403, "Resource not accessible by integration");

  const listed = is("GET", /^\/issues\/(\d+)\/comments$/u);
  if (listed) {
    const all = comments.filter(({ issue }) => issue === Number(listed[1]));
    return Response.json(pageOf(all, query).map(commentJson));
  }
  const commented = is("POST", /^\/issues\/(\d+)\/comments$/u);
  if (commented) {
    const comment: FakeComment = {
      id: 7000 + comments.length,
      issue: Number(commented[1]),
      body: text,
      user: bot,
    };
    comments.push(comment);
    return Response.json(commentJson(comment), { status: 201 });
  }
  const edited = is("PATCH", /^\/issues\/comments\/(\d+)$/u);
  if (edited) {
    const comment = comments.find(({ id }) => id === Number(edited[1]));
    if (comment === undefined) return problem(404, "Not Found");
    comment.body = text;
    return Response.json(commentJson(comment));
  }
  if (is("GET", /^\/issues$/u)) {
    const label = query.get("labels");
    const all = issues.filter(
      ({ state, labels }) =>
        state === (query.get("state") ?? "open") && (label === null || labels.includes(label)),
    );
    return Response.json(pageOf(all, query).map(issueJson));
  }
  if (is("POST", /^\/issues$/u)) {
    const issue: FakeIssue = {
      number: 500 + issues.length,
      title: String(body["title"]),
      body: text,
      state: "open",
      labels: (body["labels"] ?? []) as readonly string[],
      user: bot,
    };
    issues.push(issue);
    return Response.json(issueJson(issue), { status: 201 });
  }
  const changed = is("PATCH", /^\/issues\/(\d+)$/u);
  if (changed) {
    const issue = issues.find(({ number }) => number === Number(changed[1]));
    if (issue === undefined) return problem(404, "Not Found");
    issue.body = text;
    if (typeof body["title"] === "string") issue.title = body["title"];
    if (body["state"] === "closed") issue.state = "closed";
    return Response.json(issueJson(issue));
  }
  const merged = is("GET", /^\/commits\/([0-9a-f]+)\/pulls$/u);
  if (merged) {
    const found = pulls.filter(({ mergeSha, headSha }) => [mergeSha, headSha].includes(merged[1] ?? ""));
    return Response.json(
      found.map(({ number, headSha, mergeSha }) => ({
        number,
        head: { sha: headSha },
        merge_commit_sha: mergeSha,
        merged_at: mergeSha === null ? null : "2026-11-24T08:00:00Z",
      })),
    );
  }
  if (is("GET", /^\/actions\/artifacts$/u)) {
    const found = artifacts.filter(({ name }) => name === query.get("name"));
    return Response.json({
      total_count: found.length,
      artifacts: found.map(({ id, name, runId, headSha, isFork, expired }) => ({
        id,
        name,
        expired,
        workflow_run: {
          id: runId,
          repository_id: 1,
          head_repository_id: isFork ? 2 : 1,
          head_sha: headSha,
        },
      })),
    });
  }
  return problem(404, `The fake GitHub does not know ${method} ${path}`);
}

function pageOf<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get("per_page") ?? 30);
  const page = Number(query.get("page") ?? 1);
  return all.slice((page - 1) * size, page * size);
}

function commentJson({ id, issue, body, user }: FakeComment): object {
  return { id, body, user, html_url: `https://github.test/contoso/people/pull/${issue}#issuecomment-${id}` };
}

function issueJson({ number, title, body, state, user }: FakeIssue): object {
  return {
    number,
    title,
    body,
    state,
    user,
    html_url: `https://github.test/contoso/people/issues/${number}`,
  };
}

function problem(status: number, message: string): Response {
  return Response.json({ message }, { status });
}

async function listen(fetch: Fetch): Promise<{ readonly url: string; close(): Promise<void> }> {
  const respond = async (url: string, init: FetchInit, response: ServerResponse): Promise<void> => {
    const answer = await fetch(url, init);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(await answer.text());
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", headers, url = "/" } = request;
      const body = Buffer.concat(chunks).toString("utf8");
      const init = {
        method,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        ...(body === "" ? {} : { body }),
        signal: new AbortController().signal,
      };
      void respond(`http://localhost${url}`, init, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
