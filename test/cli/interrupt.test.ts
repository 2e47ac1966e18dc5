import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, statSync } from "node:fs";
import { watch } from "node:fs/promises";
import { constants } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { config, office, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

const bin = fileURLToPath(new URL("../../src/cli/bin.ts", import.meta.url));

/** Bytes of a log that holds more than a folder. */
const someContacts = 20_000;

/** Runs an apply, and sends it the signals when the first contacts are in the tenant. */
async function interrupted(folder: string, ...signals: readonly NodeJS.Signals[]): Promise<Ended> {
  const stop = new AbortController();
  const changes = watch(folder, { signal: stop.signal })[Symbol.asyncIterator]();
  const argv = [bin, "apply", "--auto-approve", "--parallelism", "1"];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  for (let change = await changes.next(); change.done !== true; change = await changes.next()) {
    // Where a sandbox keeps what was written to it until the command ends.
    const isLog = change.value.filename === `${tenantFile}.log`;
    if (isLog && statSync(path.join(folder, `${tenantFile}.log`)).size > someContacts) break;
  }
  for (const signal of signals) child.kill(signal);
  const [exited, signal] = await closed;
  // As a shell has it.
  const code = exited ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  stop.abort();
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

async function manyMailboxes(): Promise<Office> {
  const made = await office(config.replace("users: [ann@contoso.com, bo@contoso.com]", "all: true"));
  rmSync(path.join(made.folder, tenantFile));
  await made.galops("sandbox", "init", tenantFile, "--users", "40");
  return made;
}

test("a second signal ends at once, and says which run is cut off and what to do", async () => {
  const { galops, folder } = await manyMailboxes();
  const { code, stderr } = await interrupted(folder, "SIGINT", "SIGTERM");
  // Signals that are sent at once may come in any order.
  expect([130, 143]).toContain(code);
  const [, run = "?"] = /^Stopped in the middle of (\S+)\. Run galops apply again:/m.exec(stderr) ?? [];
  expect((await galops("runs")).stdout).toMatch(new RegExp(`^${run} .*cut off`, "m"));
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)(
  "a running apply that gets %s ends what was begun, accounts for it, and the next one does the rest",
  async (signal, expected) => {
    const { galops, folder } = await manyMailboxes();
    const { code, stdout, stderr } = await interrupted(folder, signal);
    expect(code).toBe(expected);
    expect(stderr).toContain("Stopping: finishing the changes in progress.");
    const [, made = "", left = ""] =
      /^Apply interrupted\. (\d+) created, 0 updated, 0 deleted, (\d+) left alone\.$/m.exec(stdout) ?? [];
    expect([Number(made) > 0, Number(left) > 0]).toEqual([true, true]);
    const rest = await galops("apply", "--auto-approve");
    expect(rest.code).toBe(0);
    expect(rest.stdout).toContain(`Apply complete! ${left} created, 0 updated, 0 deleted.`);
    expect((await galops("plan")).stdout).toContain("No changes. The tenants match the configuration.");
  },
  60_000,
);
