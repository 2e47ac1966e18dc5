import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../fakes/folder.ts";

// What only a real process shows: signals, a reader that goes away, a Node that is too old.

const cli = fileURLToPath(new URL("../../src/cli", import.meta.url));
const bin = path.join(cli, "bin.ts");
const context = JSON.stringify(new URL("../../src/cli/process/process-context.ts", import.meta.url).href);

/** Node with a program given as text; it has a `context`. */
function program(body: string): readonly string[] {
  return [
    "--input-type=module",
    "-e",
    `const { createProcessContext } = await import(${context}); const context = createProcessContext(); ${body}`,
  ];
}

test("a Node that is too old is told so in one line", () => {
  const older =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });';
  const preload = `data:text/javascript,${encodeURIComponent(older)}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", preload, bin, "version"], {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe("galops needs Node 22.19 or later; this is 20.20.2.\n");
});

test("a command runs as a process, and its exit code is the process's", () => {
  const version = spawnSync(process.execPath, [bin, "version"], { encoding: "utf8" });
  expect(version).toMatchObject({ status: 0, stderr: "" });
  const unknown = spawnSync(process.execPath, [bin, "plann"], { encoding: "utf8" });
  expect(unknown).toMatchObject({ status: 1, stdout: "" });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "the first %s aborts with its name, the second ends the process at once",
  async (signal, code) => {
    const child = spawn(
      process.execPath,
      program(`
      await context.stdout.write("ready\\n");
      await context.clock.sleep(60_000, context.signal).catch((reason) => context.stdout.write(reason + "\\n"));
      setInterval(() => {}, 1000);
    `),
    );
    const said = text(child.stderr);
    const lines = child.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
    expect(await lines.next()).toMatchObject({ value: "ready\n" });
    child.kill(signal);
    expect(await lines.next()).toMatchObject({ value: `${signal}\n` });
    child.kill(signal);
    const [status] = (await once(child, "close")) as [number | null];
    // Killed by the signal itself, which a shell turns into the code.
    expect([code, signal]).toContain(status ?? child.signalCode);
    expect(await said).toContain("Interrupt again to stop at once");
  },
);

test("a reader that goes away is no failure", async () => {
  const child = spawn(
    process.execPath,
    program(`
      for (let line = 0; line < 10_000; line++) await context.stdout.write("x".repeat(1000) + "\\n");
      process.exit(0);
    `),
  );
  const said = text(child.stderr);
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [status] = (await once(child, "close")) as [number | null];
  expect([status, await said]).toEqual([0, ""]);
});

test
  .runIf(existsSync("/dev/full"))
  .each([["version"], ["help"], ["validate"], ["sandbox", "show", "practice.tenant.json"]])(
  "what cannot be written to stdout is an error in words: %s",
  (...argv) => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, "galops.yaml"), "version: 1\n");
    spawnSync(process.execPath, [bin, "sandbox", "init", "practice.tenant.json", "--users", "1"], { cwd });
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [bin, ...argv], {
      cwd,
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(stderr).toContain("standard output: The disk is full.");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  },
);

test("without a terminal nobody is asked", () => {
  const { stdout } = spawnSync(
    process.execPath,
    program('await context.stdout.write(String(await context.ask("Sure?", context.signal)));'),
    { encoding: "utf8", input: "yes\n" },
  );
  expect(stdout).toBe("null");
});
