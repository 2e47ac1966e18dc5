import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { config, tenantFile } from "../cli/office.ts";
import { fakeGithub, githubToken } from "../fakes/github.ts";
import type { FakeGithub } from "../fakes/github.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { readOutputs } from "./actions-world.ts";
import { bash, installGalops, runAction } from "./composite.ts";
import type { ActionRun, Runner } from "./composite.ts";

// The way of a change from a pull request to the tenants, in a real repository, with the scripts of the actions as GitHub
// would run them. The tenant is kept outside of the repository, as real ones are.

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Repository {
  readonly github: FakeGithub;
  readonly runner: Runner;
  readonly folder: string;
  git(...argv: readonly string[]): Promise<string>;
  galops(...argv: readonly string[]): Promise<string>;
  commit(text: string, message: string): Promise<string>;
  /** Runs an action of ours in a job that this event set off. */
  job(
    action: string,
    event: object,
    inputs?: Readonly<Record<string, string>>,
    env?: object,
  ): Promise<ActionRun>;
}

async function repository(): Promise<Repository> {
  const folder = temporaryFolder();
  const checkout = path.join(folder, "people");
  const temp = path.join(folder, "temp");
  for (const one of [checkout, temp]) mkdirSync(one);
  const github = fakeGithub();
  // A passphrase is made hard to guess by time, which a test has no use for.
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const server = await github.listen();
  const installed = await installGalops(temp);
  closing.push(
    () => server.close(),
    () => installed.close(),
  );
  const env = {
    PATH: `${installed.bin}:${process.env["PATH"]}`,
    HOME: folder,
    CI: "true",
    GIT_AUTHOR_NAME: "Ann",
    GIT_AUTHOR_EMAIL: "ann@contoso.com",
    GIT_COMMITTER_NAME: "Ann",
    GIT_COMMITTER_EMAIL: "ann@contoso.com",
    GIT_CONFIG_NOSYSTEM: "1",
    GALOPS_PLAN_IDENTITY: identity,
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/people",
    GITHUB_API_URL: server.url,
    GITHUB_SERVER_URL: "https://github.test",
    GITHUB_RUN_ID: "42",
    GITHUB_TOKEN: githubToken,
    GITHUB_WORKSPACE: checkout,
    GITHUB_EVENT_PATH: path.join(temp, "event.json"),
  };
  const runner: Runner = { checkout, temp, env };
  const run = async (command: string, argv: readonly string[]): Promise<string> => {
    const words = [command, ...argv].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
    const { GITHUB_ACTIONS: _, CI: __, ...outside } = env;
    const ended = await bash(words.join(" "), checkout, outside);
    if (ended.code !== 0) throw new Error(ended.text);
    return ended.text.trim();
  };
  const git = (...argv: readonly string[]): Promise<string> => run("git", argv);
  const made: Repository = {
    github,
    runner,
    folder,
    git,
    galops: (...argv) => run("galops", argv),
    async commit(text, message) {
      writeFileSync(path.join(checkout, "galops.yaml"), text);
      await git("add", "galops.yaml", ".gitignore");
      await git("commit", "--quiet", "-m", message);
      return await git("rev-parse", "HEAD");
    },
    async job(action, event, inputs = {}, more = {}) {
      writeFileSync(env.GITHUB_EVENT_PATH, JSON.stringify({ repository: { private: true }, ...event }));
      const sha = await git("rev-parse", "HEAD");
      const name = "schedule" in event ? "schedule" : "pull_request" in event ? "pull_request" : "push";
      const sealed = { "encrypt-to": recipient, ...inputs };
      return await runAction(action, sealed, {
        ...runner,
        env: { ...env, GITHUB_SHA: sha, GITHUB_EVENT_NAME: name, ...more },
      });
    },
  };
  await git("init", "--quiet", "-b", "main");
  writeFileSync(path.join(checkout, ".gitignore"), "*.tenant.json\n.galops/\n");
  await made.galops("sandbox", "init", tenantFile);
  return made;
}

function pullRequest(headSha: string, from = "contoso/people"): object {
  const base = { repo: { full_name: "contoso/people" } };
  return { pull_request: { number: 7, head: { sha: headSha, repo: { full_name: from } }, base } };
}

/** As the workflow asks which plan the merge has. */
async function approvedPlan({ runner }: Repository, sha: string): Promise<Readonly<Record<string, string>>> {
  const file = new URL("../../.github/workflows/galops-apply.yml", import.meta.url);
  const { jobs } = parse(readFileSync(file, "utf8")) as {
    readonly jobs: {
      readonly apply: { readonly steps: readonly { readonly id?: string; readonly run?: string }[] };
    };
  };
  const script = jobs.apply.steps.find(({ id }) => id === "approved")?.run ?? "";
  const output = path.join(runner.temp, "approved-output");
  const env = { ...runner.env, GITHUB_SHA: sha, GITHUB_OUTPUT: output, GALOPS_ARTIFACT: "galops-plan" };
  const { code, text } = await bash(script, runner.checkout, env);
  expect(code === 0 ? "" : text).toBe("");
  return readOutputs(output);
}

const withoutPhones = config.replace('person.mobilePhone != ""', 'person.displayName.startsWith("B")');
const everybody = config.replace('    where: person.mobilePhone != ""\n', "");

test("from the pull request to the tenants, and back when somebody edits them", async () => {
  const people = await repository();
  const { github, git, commit, galops, job, runner } = people;
  await commit(withoutPhones, "people: begin with those whose name begins with B");
  await galops("apply", "--auto-approve");

  // Somebody opens a pull request. What is checked out is its trial merge.
  const trial = async (head: string): Promise<void> => {
    await git("checkout", "--quiet", "--detach", "main");
    await git("merge", "--quiet", "--no-ff", "-m", "trial", head);
  };
  await git("checkout", "--quiet", "-b", "more");
  const first = await commit(config, "people: those with a phone");
  await trial(first);
  // The key of the recipient is elsewhere: to plan does not need it.
  const opened = await job("plan", pullRequest(first), { base: "HEAD^1" }, { GALOPS_PLAN_IDENTITY: "" });
  expect(opened.failed ? opened.log : "").toBe("");
  expect(readFileSync(opened.outputs["report-file"] ?? "", "utf8")).toContain("<!doctype html>");
  expect(github.comments).toHaveLength(1);
  const [comment] = github.comments;
  expect(comment?.body).toContain("to create");
  expect(comment?.body).toContain("this change");
  expect(opened.outputs["has-changes"]).toBe("true");
  expect(opened.summary).toContain("### galops plan: ");
  const before = comment?.body;

  // The config is pushed again.
  await git("checkout", "--quiet", "more");
  const second = await commit(everybody, "people: everybody");
  await trial(second);
  const pushed = await job("plan", pullRequest(second), { base: "HEAD^1" });
  expect(pushed.failed ? pushed.log : "").toBe("");
  expect(github.comments).toHaveLength(1);
  expect(comment?.body).not.toBe(before);
  const planFile = pushed.outputs["plan-file"] ?? "";
  expect(readFileSync(planFile, "latin1")).toMatch(/^age-encryption\.org/u);
  expect(readFileSync(pushed.outputs["report-file"] ?? "", "utf8")).toContain("<!doctype html>");
  const approved = path.join(people.folder, "approved.plan");
  cpSync(planFile, approved);

  // It is merged, and what was approved is applied.
  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7", "more");
  const merge = await git("rev-parse", "HEAD");
  github.pulls.push({ number: 7, headSha: second, mergeSha: merge });
  github.artifacts.push({
    id: 1,
    name: `galops-plan-${second}`,
    runId: 41,
    headSha: second,
    isFork: false,
    expired: false,
  });
  expect(await approvedPlan(people, merge)).toMatchObject({
    artifact: `galops-plan-${second}`,
    "run-id": "41",
  });
  const applied = await job("apply", { ref: "refs/heads/main" }, { approved });
  expect(applied.failed ? applied.log : "").toBe("");
  expect(github.comments).toHaveLength(1);
  expect(comment?.body).toContain("### galops apply: complete! ");
  expect(Number(applied.outputs["created"])).toBeGreaterThan(0);
  const journal = path.join(applied.outputs["journal"] ?? "", applied.outputs["run"] ?? "");
  expect(readdirSync(journal)).not.toEqual([]);
  for (const name of readdirSync(journal)) {
    expect(readFileSync(path.join(journal, name), "utf8")).not.toContain("displayName");
  }

  // Somebody edits a contact; drift is noticed, repaired, and no more.
  const told = comment?.body;
  const drift = (): Promise<ActionRun> => job("plan", { schedule: "17 5 * * *" }, { report: "drift" });
  expect((await drift()).outputs["drift"]).toBe("false");
  expect(github.issues).toEqual([]);
  await galops(
    "sandbox",
    "edit",
    "edit-contact",
    tenantFile,
    "ann@contoso.com",
    "Dana Müller-Łęcka",
    "jobTitle=Boss",
  );
  expect((await drift()).outputs["drift"]).toBe("true");
  expect(github.issues).toMatchObject([{ state: "open" }]);
  expect(github.issues[0]?.body).toContain("1 to update");
  const synced = await job("apply", { schedule: "17 * * * *" });
  expect(synced.failed ? synced.log : "").toBe("");
  expect(synced.outputs["updated"]).toBe("1");
  // What the schedule does is no doing of the pull request that was merged last.
  expect(comment?.body).toBe(told);
  expect((await drift()).outputs["drift"]).toBe("false");
  expect(github.issues).toMatchObject([{ state: "closed" }]);
  expect(existsSync(path.join(runner.checkout, ".galops/runs"))).toBe(true);
}, 120_000);

test("nothing is saved readable, nothing is made beyond the approved plan, and no input is run", async () => {
  const people = await repository();
  const head = await people.commit(config, "people: begin");
  const event = pullRequest(head);
  for (const action of ["plan", "apply"]) {
    const readable = await people.job(action, event, { "encrypt-to": "" });
    expect(readable.failed).toBe(true);
    expect(readable.log).toContain("Set the secret GALOPS_PLAN_PASSPHRASE");
  }
  const hostile = {
    config: "$(touch pwned)`touch pwned`;touch pwned.yaml",
    allow: "$(touch pwned) ;touch pwned",
  };
  const refused = await people.job("plan", event, hostile);
  expect(refused.failed).toBe(true);
  expect(readdirSync(people.runner.checkout).filter((name) => name.startsWith("pwned"))).toEqual([]);
  const planned = await people.job("plan", event, {});
  const approved = path.join(people.folder, "approved.plan");
  cpSync(planned.outputs["plan-file"] ?? "", approved);
  await people.galops(
    "sandbox",
    "edit",
    "add-user",
    tenantFile,
    "zelda@contoso.com",
    "Zelda Ash",
    "mobilePhone=1",
  );
  const beyond = await people.job("apply", { ref: "refs/heads/main" }, { approved });
  expect(beyond.failed).toBe(true);
  expect(beyond.outputs).toMatchObject({ "exit-code": "4", refused: "true", created: "0" });
  expect(beyond.summary).toContain("### galops apply: refused");
  expect(beyond.log + beyond.summary).not.toContain("Zelda");
}, 120_000);
