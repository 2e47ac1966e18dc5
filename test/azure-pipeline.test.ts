import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { canary, canaryOffice } from "./cli/canaries.ts";

const example = new URL("../examples/pipelines/azure-pipelines.yml", import.meta.url);
const bin = fileURLToPath(new URL("../src/cli/bin.ts", import.meta.url));

interface Step {
  readonly script?: string;
  readonly inputs?: { readonly inlineScript?: string };
  readonly env?: Readonly<Record<string, string>>;
}

/** All steps, in the order in which they run. */
function stepsIn(value: unknown): readonly Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn);
  if (typeof value !== "object" || value === null) return [];
  if ("script" in value || "task" in value) return [value as Step];
  return Object.values(value).flatMap(stepsIn);
}

/** What Azure Pipelines puts in for $(NAME) before a step runs. */
function expanded(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\(([\w.]+)\)/gu, (whole, name: string) => variables[name] ?? whole);
}

test("the pipeline for Azure DevOps shows nobody, neither in its log nor in what it publishes", async () => {
  const { folder } = await canaryOffice();
  const staging = path.join(folder, "staging");
  const tools = path.join(folder, "tools");
  for (const made of [staging, tools]) mkdirSync(made);
  writeFileSync(path.join(tools, "npx"), `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(path.join(tools, "npm"), "#!/bin/sh\n", { mode: 0o755 });
  const variables = {
    "Build.ArtifactStagingDirectory": staging,
    GALOPS_PLAN_PASSPHRASE: "correct horse battery staple",
    GALOPS_REDACTION_KEY: "of the pipeline",
  };
  let log = "";
  for (const { script, inputs, env } of stepsIn(parse(readFileSync(example, "utf8")))) {
    const command = script ?? inputs?.inlineScript;
    if (command === undefined) continue;
    const given = Object.entries(env ?? {}).map(([name, value]) => [name, expanded(value, variables)]);
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", expanded(command, variables)], {
      cwd: folder,
      encoding: "utf8",
      // What an agent gives to each step; there is no CI among it.
      env: {
        PATH: `${tools}:${process.env["PATH"] ?? ""}`,
        TF_BUILD: "True",
        BUILD_REASON: "PullRequest",
        SYSTEM_TEAMPROJECT: "galops",
        ...Object.fromEntries(given),
      },
    });
    log += stdout + stderr;
    expect([command, status]).toEqual([command, 0]);
  }
  expect(log).toContain("Plan: ");
  expect(log).toContain("X. Q.");
  expect(log).not.toMatch(canary);
  expect(readdirSync(staging).toSorted()).toEqual([
    "galops-plan.html",
    "galops.plan",
    "galops.xml",
    "journal",
  ]);
  const published = readdirSync(staging, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  expect(published.length).toBeGreaterThan(3);
  for (const file of published) {
    expect(readFileSync(path.join(file.parentPath, file.name), "utf8")).not.toMatch(canary);
  }
  expect(existsSync(path.join(folder, ".galops", "runs"))).toBe(false);
});
