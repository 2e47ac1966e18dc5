import { expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { fakeContext } from "../fakes/context.ts";
import type { Ended } from "./office.ts";

async function galops(...argv: readonly string[]): Promise<Ended> {
  const { context, stdout, stderr } = fakeContext({ cwd: "/nowhere" });
  const code = await run(argv, context);
  return { code, stdout: stdout(), stderr: stderr() };
}

test("the version is told in three ways", async () => {
  const said = await galops("version");
  expect(said).toMatchObject({ code: 0, stderr: "" });
  expect(said.stdout).toMatch(/^galops \d+\.\d+\.\d+\n$/);
  expect(await galops("--version")).toEqual(said);
  expect(await galops("-V")).toEqual(said);
});

test("help goes to stdout and names every command", async () => {
  const { code, stdout, stderr } = await galops("--help");
  expect([code, stderr]).toEqual([0, ""]);
  for (const command of ["validate", "plan", "apply", "show", "sandbox", "version"]) {
    expect(stdout).toMatch(new RegExp(`^  ${command}`, "m"));
  }
});

test("without a command the help goes to stderr and the exit code is 1", async () => {
  const { code, stdout, stderr } = await galops();
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Usage: galops");
});

test("an unknown command or option is an error that says what was meant", async () => {
  const command = await galops("plann");
  expect(command).toMatchObject({ code: 1, stdout: "" });
  expect(command.stderr).toContain("Did you mean plan?");
  const option = await galops("plan", "--alow", "deletes=1");
  expect(option).toMatchObject({ code: 1, stdout: "" });
  expect(option.stderr).toContain("--allow");
});

test("the config is given once: as an argument or as an option", async () => {
  const { code, stderr } = await galops("plan", "one.yaml", "--config", "other.yaml");
  expect(code).toBe(1);
  expect(stderr).toContain("the config is given twice");
});

test.each([
  [["plan", "--mailboxes", "x"], "galops plan --help"],
  [["plan", "one.yaml", "-c", "other.yaml"], "galops plan --help"],
  [["apply", "--lock-timeout", "soon"], "galops apply --help"],
  [["sandbox", "init"], "galops sandbox init --help"],
  [["planne"], "galops --help"],
] as const)("what is wrong with %s comes with where its options are listed", async (argv, help) => {
  expect((await galops(...argv)).stderr).toContain(`(${help} shows the usage)`);
});

test.each([
  ["--parallelism", "0"],
  ["--parallelism", "65"],
  ["--parallelism", "many"],
  ["--format", "xml"],
])("%s %s is refused", async (...option) => {
  const { code, stderr } = await galops("plan", ...option);
  expect(code).toBe(1);
  expect(stderr).toContain(option[0]);
});

test.each(["7", "7w", "-1d", ""])("--max-age %j is refused", async (age) => {
  const { code, stderr } = await galops("apply", "week.plan", "--max-age", age);
  expect(code).toBe(1);
  expect(stderr).toContain("--max-age");
});

test("a config that does not exist is an error in words, never a stack trace", async () => {
  const { code, stdout, stderr } = await galops("plan");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Error:");
  expect(stderr).not.toMatch(/^\s+at /m);
});
