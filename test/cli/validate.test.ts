import path from "node:path";
import { expect, test } from "vitest";
import { config, office } from "./office.ts";

/** Code and place of everything that validate finds wrong. */
async function found(text: string): Promise<readonly string[]> {
  const { galops } = await office(text);
  const { stdout } = await galops("validate", "--format", "json");
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { code: string; severity: string; line: number; column: number }[];
  };
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, line, column }) => `${code} ${line}:${column}`);
}

test("a mistake in the form of a sync or a source hides none in its expressions", async () => {
  expect(
    await found(
      config
        .replace("tenant: practice }\nsyncs", 'tenant: practice, typos: 1, where: "person.x" }\nsyncs')
        .replace('where: person.mobilePhone != ""', "polcy: sync\n    where: person.mobile")
        .concat(
          "    fields:\n      jobTitle: { value: person.title, polcy: fill }\n      fileAs: person.enabled\n",
        ),
    ),
  ).toEqual([
    "unknown-key 5:43",
    "invalid-expression 5:68",
    "unknown-key 10:5",
    "invalid-expression 11:19",
    "invalid-expression 18:33",
    "unknown-key 18:40",
    "invalid-expression 19:15",
  ]);
});

test("what one mistake is, is told once", async () => {
  const cut = 'person.city == "a #b" # c';
  expect(await found(config.replace('person.mobilePhone != ""', cut))).toEqual(["yaml-comment 10:12"]);
  const misshapen = config.replace('where: person.mobilePhone != ""', `x: 1\n    where: ${cut}`);
  expect(await found(misshapen)).toEqual(["unknown-key 10:5", "yaml-comment 11:12"]);
});

test("a blank and # at the end of an unfinished expression come with what YAML does with them", async () => {
  const { galops } = await office(
    config.replace('person.mobilePhone != ""', "person.enabled && person.city == #b"),
  );
  const { stderr } = await galops("validate");
  expect(stderr).toContain("YAML takes what is behind a blank and # for a comment");
});

test("github shows what is wrong at its line of the file, as the repository has it", async () => {
  const { folder, galopsIn } = await office(config.replace("mobilePhone", "mobilPhone"));
  const env = { GITHUB_WORKSPACE: path.dirname(folder) };
  const { code, stdout } = await galopsIn({ env }, "validate", "--format", "github");
  expect(code).toBe(1);
  const file = `${path.basename(folder)}/galops.yaml`;
  expect(stdout).toMatch(new RegExp(`^::error file=${file},line=10,col=\\d+,title=[^\\n]+::[^\\n]+\\n`, "u"));
});
