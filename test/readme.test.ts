import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(path.join(root, "README.md"), "utf8");

/** The commands that the README gives to somebody who wants to play, without `galops` and comments. */
function commands(): readonly (readonly string[])[] {
  const block = readme.split("```sh\n").find((part) => part.startsWith("alias galops=")) ?? "";
  const lines = block.slice(0, block.indexOf("```")).split("\n");
  return lines
    .filter((line) => line.startsWith("galops "))
    .map((line) => line.replace(/ #.*/, "").split(" ").slice(1));
}

test("the README's commands do what the README says, one after the other", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(path.join(root, "examples"), path.join(folder, "examples"), { recursive: true });
  const said = commands().map((args) => {
    // A person types yes; here nobody can.
    const approval = args[0] === "apply" ? ["--auto-approve"] : [];
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(root, "src/cli/bin.ts"), ...args, ...approval],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    return { command: args.join(" "), status, last: stdout.trimEnd().split("\n").at(-1) };
  });
  expect(said.map(({ status }) => status)).toEqual(said.map(() => 0));
  expect(said.map(({ last }) => last)).toEqual([
    expect.stringContaining("mailboxes"),
    "The configuration is valid.",
    expect.stringMatching(/^Plan: [1-9]\d* to create, 0 to update, 0 to delete\.$/),
    expect.stringMatching(/^Apply complete! [1-9]\d* created, 0 updated, 0 deleted\.$/),
    expect.stringContaining("Contacts"),
    expect.anything(),
    expect.stringMatching(/^Plan: 0 to create, [1-9]\d* to update, 0 to delete\.$/),
  ]);
});

test("the README's config is one that galops takes", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "galops-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = (readme.split("```yaml\n")[1] ?? "").split("```")[0] ?? "";
  writeFileSync(path.join(folder, "galops.yaml"), config);
  const run = spawnSync(process.execPath, [path.join(root, "src/cli/bin.ts"), "validate"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(run.stderr).not.toContain("Error:");
  expect(run.status).toBe(0);
});
