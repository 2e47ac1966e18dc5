import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fakeGithub, githubToken } from "../fakes/github.ts";
import type { FakeGithub } from "../fakes/github.ts";
import { config, office } from "../cli/office.ts";
import type { Ended, Office } from "../cli/office.ts";

export const headSha = "a".repeat(40);
export const mergeSha = "b".repeat(40);

/** A job of GitHub Actions in an office: its environment, its files, and GitHub behind it. */
export interface ActionsWorld {
  readonly there: Office;
  readonly github: FakeGithub;
  env: Readonly<Record<string, string>>;
  /** Runs galops in the job. */
  galops(...argv: readonly string[]): Promise<Ended>;
  outputs(): Readonly<Record<string, string>>;
  summary(): string;
  event(event: object): void;
}

export function pullRequestEvent(
  more: { readonly isFork?: boolean; readonly visibility?: string } = {},
): object {
  const { isFork = false, visibility = "private" } = more;
  const base = { repo: { full_name: "contoso/people" } };
  const head = { sha: headSha, repo: { full_name: isFork ? "mallory/people" : "contoso/people" } };
  return {
    repository: { visibility, private: visibility === "private" },
    pull_request: { number: 7, head, base },
  };
}

export async function actionsWorld(
  text = config,
  options: Parameters<typeof fakeGithub>[0] = {},
): Promise<ActionsWorld> {
  return githubJob(await office(text), options);
}

export function githubJob(there: Office, options: Parameters<typeof fakeGithub>[0] = {}): ActionsWorld {
  const github = fakeGithub(options);
  const file = (name: string): string => path.join(there.folder, `github-${name}`);
  const world: ActionsWorld = {
    there,
    github,
    env: {
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "contoso/people",
      GITHUB_API_URL: "https://api.github.test",
      GITHUB_SERVER_URL: "https://github.test",
      GITHUB_RUN_ID: "42",
      GITHUB_SHA: mergeSha,
      GITHUB_WORKSPACE: there.folder,
      GITHUB_TOKEN: githubToken,
      GITHUB_EVENT_PATH: file("event.json"),
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary.md"),
    },
    galops: (...argv) => there.galopsIn({ env: world.env, fetch: github.fetch }, ...argv),
    outputs: () => readOutputs(file("output")),
    summary: () => (existsSync(file("summary.md")) ? readFileSync(file("summary.md"), "utf8") : ""),
    event: (event) => writeFileSync(file("event.json"), JSON.stringify(event)),
  };
  world.event(pullRequestEvent());
  return world;
}

/** As the runner reads them. */
export function readOutputs(file: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    if (line === "") continue;
    const [, long, end] = /^([\w-]+)<<(.+)$/u.exec(line) ?? [];
    if (long === undefined || end === undefined) {
      const [, name, value] = /^([\w-]+)=(.*)$/u.exec(line) ?? [];
      if (name === undefined) throw new Error(`This is no output: ${line}`);
      outputs[name] = value ?? "";
      continue;
    }
    const value: string[] = [];
    for (let next = lines.shift(); next !== end; next = lines.shift()) {
      if (next === undefined) throw new Error(`The output ${long} has no end.`);
      value.push(next);
    }
    outputs[long] = value.join("\n");
  }
  return outputs;
}
