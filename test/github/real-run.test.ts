import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { config, tenantFile } from "../cli/office.ts";
import { fakeGithub, githubToken } from "../fakes/github.ts";
import { bash, runAction } from "./composite.ts";
import type { ActionRun, Runner } from "./composite.ts";

// What a job does on its machine, with nothing in place of anything but GitHub itself: the checkout of galops without
// packages, actions/setup that installs them, and every galops a process of its own.

const root = fileURLToPath(new URL("../..", import.meta.url));
const parts = [".github/actions", "src", "schemas", "package.json", "package-lock.json", ".npmrc"];
const github = fakeGithub();
const closing: (() => Promise<void>)[] = [];
let runner: Runner;
let setUp: ActionRun;
let recipient: string;

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-actions-"));
  closing.push(async () => rmSync(folder, { recursive: true, force: true }));
  const checkout = path.join(folder, "people");
  const temp = path.join(folder, "temp");
  const actions = path.join(checkout, ".galops-action");
  for (const one of [checkout, temp]) mkdirSync(one);
  for (const part of parts) cpSync(path.join(root, part), path.join(actions, part), { recursive: true });
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  const server = await github.listen();
  closing.push(() => server.close());
  const event = path.join(temp, "event.json");
  const head = { sha: "a".repeat(40), repo: { full_name: "contoso/people" } };
  writeFileSync(
    event,
    JSON.stringify({
      repository: { private: true },
      pull_request: { number: 7, head, base: { repo: { full_name: "contoso/people" } } },
    }),
  );
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? folder,
    // The packages were installed from the registry once, to run this test.
    npm_config_prefer_offline: "true",
    CI: "true",
    GALOPS_PLAN_IDENTITY: identity,
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "contoso/people",
    GITHUB_API_URL: server.url,
    GITHUB_SERVER_URL: "https://github.test",
    GITHUB_RUN_ID: "42",
    GITHUB_SHA: "b".repeat(40),
    GITHUB_TOKEN: githubToken,
    GITHUB_WORKSPACE: checkout,
    GITHUB_EVENT_PATH: event,
    GITHUB_PATH: path.join(temp, "path"),
  };
  const bare = { checkout, temp, env, actions };
  setUp = await runAction("setup", { node: "false" }, bare);
  const added = existsSync(env.GITHUB_PATH) ? readFileSync(env.GITHUB_PATH, "utf8").trim() : "";
  runner = { ...bare, env: { ...env, PATH: `${added}:${env.PATH}` } };
  writeFileSync(
    path.join(checkout, "galops.yaml"),
    config.replace("users: [ann@contoso.com, bo@contoso.com]", "all: true"),
  );
}, 180_000);
afterAll(async () => {
  for (const close of closing) await close();
}, 180_000);

function job(
  action: string,
  inputs: Readonly<Record<string, string>> = {},
  more: Partial<Runner> = {},
): Promise<ActionRun> {
  return runAction(action, { "encrypt-to": recipient, ...inputs }, { ...runner, ...more });
}

test("setup puts the galops of its own commit on the PATH, with what it needs and nothing else", async () => {
  expect(setUp.failed ? setUp.log : "").toBe("");
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  expect(setUp.outputs).toEqual({ version: `galops ${version}` });
  const said = await bash("galops version && command -v galops", runner.checkout, runner.env);
  expect(said).toEqual({ code: 0, text: `galops ${version}\n${runner.temp}/galops-bin/galops\n` });
  const packages = readdirSync(path.join(runner.actions ?? "", "node_modules"));
  expect(packages).toContain("commander");
  expect(packages).not.toContain("vitest");
});

test("what a fork's pull request gets is the check of its config, at its lines", async () => {
  const workflow = parse(readFileSync(path.join(root, ".github/workflows/galops-plan.yml"), "utf8")) as {
    readonly jobs: { readonly validate: { readonly steps: readonly { readonly run?: string }[] } };
  };
  const script = workflow.jobs.validate.steps.find(({ run }) => run !== undefined)?.run ?? "";
  const { GALOPS_PLAN_IDENTITY: _, GITHUB_TOKEN: __, ...poor } = runner.env;
  writeFileSync(path.join(runner.checkout, "odd name.yaml"), "version: 1\nsinks: {}\n");
  const refused = await bash(script, runner.checkout, { ...poor, GALOPS_CONFIG: "odd name.yaml" });
  expect(refused.code).toBe(1);
  expect(refused.text).toContain("::error file=odd name.yaml,line=2,");
});

test("plan, apply, and an apply that is cancelled: its journal is there, encrypted, and it is told", async () => {
  await bash(`galops sandbox init ${tenantFile} --users 40`, runner.checkout, runner.env);
  const planned = await job("plan");
  expect(planned.failed ? planned.log : "").toBe("");
  expect(github.comments[0]?.body).toContain("to create");
  const approved = path.join(runner.temp, "approved.plan");
  cpSync(planned.outputs["plan-file"] ?? "", approved);

  const cancelled = await job("apply", { approved }, { onStep: cancelWhenWriting });
  expect(cancelled.failed).toBe(true);
  expect(cancelled.outputs["exit-code"]).toBe("143");
  expect(Number(cancelled.outputs["created"])).toBeGreaterThan(0);
  expect(Number(cancelled.outputs["skipped"])).toBeGreaterThan(0);
  expect(github.comments[0]?.body).toContain("galops apply: interrupted");
  const { journal = "", run = "-" } = cancelled.outputs;
  const kept = readdirSync(path.join(journal, run)).map((name) => path.join(journal, run, name));
  expect(kept.length).toBeGreaterThan(0);
  for (const file of kept) expect(readFileSync(file, "utf8")).not.toContain("displayName");
  expect(github.comments).toHaveLength(1);
}, 120_000);

/** As GitHub's runner cancels a step: a signal for its own process, and none for those that it started. */
function cancelWhenWriting(id: string, child: { kill(signal: "SIGINT"): boolean }): void {
  if (id !== "apply") return;
  const log = path.join(runner.checkout, `${tenantFile}.log`);
  const changes = watch(runner.checkout, () => {
    // Where a sandbox keeps what was written to it until the command ends.
    if (!existsSync(log) || statSync(log).size < 20_000) return;
    changes.close();
    child.kill("SIGINT");
  });
}
