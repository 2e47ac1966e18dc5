import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, edit, office } from "./office.ts";
import type { Ended } from "./office.ts";

/** The codes of the errors that are all of what was printed. */
function errorsIn({ stdout }: Ended): readonly string[] {
  const printed = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly severity: string; readonly code: string }[];
  };
  expect(Object.keys(printed)).toEqual(["diagnostics"]);
  return printed.diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

const json = ["--format", "json"] as const;

test.each<[string, readonly string[], string]>([
  ["a config that is not there", ["plan", "none.yaml"], "config-not-found"],
  ["a sync that is not there", ["plan", "--sync", "fones"], "unknown-sync"],
  ["an --allow that says nothing", ["plan", "--allow", "deletes=all"], "invalid-allow"],
  ["a folder that is not there", ["plan", "-o", "none/week.plan"], "plan-folder-missing"],
  ["a plan that is not there", ["show", "none.plan"], "file-enoent"],
  ["a plan that is none", ["show", "galops.yaml"], "plan-not-a-plan"],
  ["a run that is not there", ["rollback", "last"], "unknown-run"],
  ["a config that is not there, in apply", ["apply", "-c", "none.yaml"], "config-not-found"],
  ["a config that is not there, in runs", ["runs", "-c", "none.yaml"], "config-not-found"],
])("with JSON %s is told on stdout", async (_, command, code) => {
  const { galops } = await office();
  const ended = await galops(...command, ...json);
  expect([ended.code, errorsIn(ended)]).toEqual([1, [code]]);
  expect(ended.stderr).not.toBe("");
});

test("so is a config that is not valid, and what the environment lacks", async () => {
  const { galops, write } = await office(config.replace("person.mobilePhone", "person.mobile"));
  expect(errorsIn(await galops("plan", ...json))).toEqual(["invalid-expression"]);
  write("galops.yaml", config.replace(`./practice.tenant.json`, '"${env:NOWHERE}"'));
  expect(errorsIn(await galops("plan", ...json))).toContain("missing-environment-variable");
  expect(errorsIn(await galops("rollback", "last", ...json))).toContain("missing-environment-variable");
});

test("why a plan was not made is in the JSON, also where nobody could be asked or the answer was no", async () => {
  const made = await office();
  const { galops, galopsIn } = made;
  expect(errorsIn(await galops("apply", ...json))).toEqual(["nobody-to-ask"]);
  expect(errorsIn(await galopsIn({ answers: ["no"] }, "apply", ...json))).toEqual(["answered-no"]);
  expect((await galops("apply", "--auto-approve")).code).toBe(0);
  await edit(made, "set-user", "bo@contoso.com", "jobTitle=Boss");
  expect((await galops("apply", "--auto-approve")).code).toBe(0);
  const ended = await galops("rollback", "last", ...json);
  expect([ended.code, errorsIn(ended)]).toEqual([1, ["nobody-to-ask"]]);
});

test("runs lists what was done also where the config is not valid any more", async () => {
  const { galops, write, folder } = await office();
  await galops("apply", "--auto-approve");
  expect(existsSync(path.join(folder, ".galops", "runs"))).toBe(true);
  write("galops.yaml", "version: 1\nsyncs: [\n");
  const { code, stdout } = await galops("runs");
  expect(code).toBe(0);
  expect(stdout).toMatch(/apply +phones +\d+ created\n {2}# Cannot be rolled back: The config is not valid/);
});
