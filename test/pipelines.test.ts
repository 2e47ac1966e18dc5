import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { run } from "../src/cli/program.ts";
import { fakeContext } from "./fakes/context.ts";
import { temporaryFolder } from "./fakes/folder.ts";

const folder = fileURLToPath(new URL("../examples/pipelines", import.meta.url));
const files = readdirSync(folder);
const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");

/** The commands of galops that a file runs, without what the shell does with their output. */
function commandsIn(text: string): readonly string[] {
  return [...text.matchAll(/^(?!\s*#).*?(?:npx |\/usr\/bin\/)galops (?<command>.+)$/gmu)].map(
    ({ groups }) => groups?.["command"]?.split(" > ")[0] ?? "",
  );
}

test.each(files.filter((file) => file.endsWith(".yml")))("%s is YAML without a mistake", (file) => {
  const { errors, warnings } = parseDocument(read(file));
  expect([...errors, ...warnings]).toEqual([]);
});

test.each(files.filter((file) => commandsIn(read(file)).length > 0))(
  "%s runs commands that exist",
  async (file) => {
    for (const command of commandsIn(read(file))) {
      const words = command.split(/\s+/u).map((word) => word.replaceAll('"', ""));
      const fake = fakeContext({ cwd: temporaryFolder() });
      await run(words, fake.context);
      // There is no config here; whoever comes to miss it has understood the command.
      expect(fake.stderr()).not.toMatch(/^error: |unknown (?:option|command)|too many arguments/mu);
      expect(fake.stderr()).toMatch(/config|ENOENT|does not exist/iu);
    }
  },
);

/** What the steps of a pipeline give to a shell, wherever they stand in it. */
function scriptsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(scriptsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    if (!["script", "inlineScript", "before_script"].includes(key)) return scriptsIn(one);
    return typeof one === "string" ? [one] : [(one as readonly string[]).join("\n")];
  });
}

test.each(files.filter((file) => file.endsWith(".yml")))(
  "%s has scripts that a shell understands, and ends where what it keeps would be readable",
  (file) => {
    const scripts = scriptsIn(parse(read(file)));
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) {
      const { stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
      expect(stderr).toBe("");
    }
    const guards = scripts.flatMap((script) =>
      script.split("\n").filter((line) => line.includes("so that plans and journals are encrypted")),
    );
    expect(guards.length).toBeGreaterThan(0);
    for (const guard of guards) {
      const ended = (value: string): number | null =>
        spawnSync("bash", ["-ec", guard], { env: { PASSPHRASE: value, GALOPS_PLAN_PASSPHRASE: value } })
          .status;
      expect([ended(""), ended("correct horse")]).toEqual([1, 0]);
      // What Azure DevOps leaves in place of a variable that nobody set; elsewhere it is a passphrase like any other.
      expect(ended("$(GALOPS_PLAN_PASSPHRASE)")).toBe(file === "azure-pipelines.yml" ? 1 : 0);
    }
  },
);

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!hasSystemd)("systemd has nothing against the timer and what it starts", () => {
  const there = temporaryFolder();
  for (const name of ["galops.service", "galops.timer"]) {
    // There is no galops here.
    writeFileSync(path.join(there, name), read(name).replace("/usr/bin/galops", "/bin/true"));
  }
  const argv = ["verify", "--man=no", "./galops.service", "./galops.timer"];
  const { status, stderr } = spawnSync("systemd-analyze", argv, { cwd: there, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("each of them is checked", () => {
  expect(files.flatMap((file) => commandsIn(read(file)))).toHaveLength(10);
  expect(files).toContain("galops.timer");
});
