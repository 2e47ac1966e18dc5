import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { config, office, tenantFile } from "./office.ts";

const bin = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));

describe.runIf(existsSync("/dev/zero"))("what may never end", () => {
  test.each([
    ["a file of people", "rows.csv", "csv-unreadable"],
    ["a sandbox tenant", tenantFile, "sandbox-unreadable"],
  ])("is not waited for in the place of %s", async (_, file, code) => {
    const { galops, folder } = await office(
      config
        .replace("staff: {", "rows: { kind: csv, path: rows.csv, id: no }\n  staff: {")
        .replace("from: [staff]", "from: [staff, rows]"),
    );
    rmSync(path.join(folder, file), { force: true });
    execFileSync("mkfifo", [path.join(folder, file)]);
    const { stdout } = await galops("validate", "--format", "json");
    expect(stdout).toContain(`"code":"${code}"`);
    expect(stdout).toContain("it is no plain file");
    expect((await galops("plan")).code).toBe(1);
  });

  test("a second signal ends it also while a pipe is read into which nobody writes", async () => {
    const { folder } = await office();
    const pipe = path.join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const child = spawn(process.execPath, [bin, "show", "pipe"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const closed = once(child, "close");
    // There is an end to write into as soon as the other one is read.
    const writing = await open(pipe, "w");
    child.kill("SIGTERM");
    await once(child.stderr, "data");
    child.kill("SIGTERM");
    expect(await closed).toEqual([null, "SIGTERM"]);
    await writing.close();
  }, 20_000);
});
