import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { isProcessGone, ownProcess } from "../../../src/cli/process/own-process.ts";
import { withRunLock } from "../../../src/cli/run/run-lock.ts";
import type { LockOptions } from "../../../src/cli/run/run-lock.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { manualClock } from "../../fakes/manual-clock.ts";

const signal = new AbortController().signal;

function optionsIn(folder: string, more: Partial<LockOptions> = {}): LockOptions {
  const onWait = (): Promise<void> => Promise.resolve();
  return { folder, command: "apply", timeoutMs: 0, clock: manualClock(), signal, onWait, ...more };
}

function lockIn(folder: string): string {
  return path.join(folder, ".galops", "lock");
}

/** A lock as another run would have left it. */
function leave(folder: string, holder: object | string): void {
  mkdirSync(path.dirname(lockIn(folder)), { recursive: true });
  writeFileSync(lockIn(folder), typeof holder === "string" ? holder : JSON.stringify(holder));
}

const other = { command: "rollback", since: "2026-11-24T07:00:00.000Z", token: "t" };

test("the lock says who, is its owner's only, and goes with its run", async () => {
  const folder = temporaryFolder();
  await withRunLock(optionsIn(folder), async () => {
    expect(JSON.parse(readFileSync(lockIn(folder), "utf8"))).toMatchObject({
      command: "apply",
      since: "2026-11-24T08:00:00.000Z",
      ...ownProcess(),
    });
    expect(statSync(lockIn(folder)).mode & 0o777).toBe(0o600);
  });
  expect(readdirSync(path.dirname(lockIn(folder)))).toEqual([".gitignore"]);
});

test("a failure takes the lock away, too", async () => {
  const folder = temporaryFolder();
  await expect(withRunLock(optionsIn(folder), () => Promise.reject(new Error("x")))).rejects.toThrow("x");
  expect(existsSync(lockIn(folder))).toBe(false);
});

test("a second run is refused, with who is at work and since when", async () => {
  const folder = temporaryFolder();
  await withRunLock(optionsIn(folder), async () => {
    const second = withRunLock(optionsIn(folder, { command: "rollback" }), () => Promise.resolve());
    await expect(second).rejects.toMatchObject({
      name: "CommandError",
      message: expect.stringMatching(/galops apply by .* \(process \d+, since 2026-11-24T08:00:00.000Z\)/),
    });
    expect(existsSync(lockIn(folder))).toBe(true);
  });
});

test("of those who come at the same time one is at work", async () => {
  const folder = temporaryFolder();
  leave(folder, { ...ownProcess(), ...other, pid: 4_194_305 });
  let atWork = 0;
  let most = 0;
  const all = Array.from({ length: 20 }, () =>
    withRunLock(optionsIn(folder), async () => {
      most = Math.max(most, ++atWork);
      await pause(1);
      atWork--;
    }),
  );
  const ended = await Promise.allSettled(all);
  expect(ended.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(ended.some(({ status }) => status === "rejected")).toBe(true);
  expect(most).toBe(1);
});

test("with a timeout it waits, says so once, and goes on as soon as it may", async () => {
  const folder = temporaryFolder();
  const clock = manualClock();
  const told: string[] = [];
  const onWait = async (who: string): Promise<void> => void told.push(who);
  leave(folder, { ...ownProcess(), ...other });
  const started = clock.now();
  const sleep: LockOptions["clock"]["sleep"] = async (ms, abort) => {
    await clock.sleep(ms, abort);
    if (clock.now() - started >= 90_000) leave(folder, { ...ownProcess(), ...other, pid: 4_194_305 });
  };
  const waiting = { now: () => clock.now(), sleep };
  await withRunLock(optionsIn(folder, { timeoutMs: 300_000, clock: waiting, onWait }), () =>
    Promise.resolve(),
  );
  expect(clock.now() - started).toBe(90_000);
  expect(told).toEqual([expect.stringContaining("galops rollback by")]);
});

test("after the timeout it is refused, and a signal ends the waiting", async () => {
  const folder = temporaryFolder();
  leave(folder, { ...ownProcess(), ...other });
  const clock = manualClock();
  const started = clock.now();
  await expect(
    withRunLock(optionsIn(folder, { timeoutMs: 2500, clock }), () => Promise.resolve()),
  ).rejects.toMatchObject({ message: expect.stringContaining("did not end within --lock-timeout") });
  expect(clock.now() - started).toBe(2500);
  const interrupt = new AbortController();
  const onWait = async (): Promise<void> => interrupt.abort("SIGINT");
  await expect(
    withRunLock(optionsIn(folder, { timeoutMs: 5000, signal: interrupt.signal, onWait }), () =>
      Promise.resolve(),
    ),
  ).rejects.toBe("SIGINT");
});

const here = ownProcess();
const [boot = "", space = "", start = ""] = here.process.split(" ");
const gone = 4_194_305; // above the largest number that Linux gives a process

test.each<[string, object | string, boolean]>([
  ["of a process that has ended", { ...here, ...other, pid: gone }, true],
  [
    "of a process whose number another one has now",
    { ...here, ...other, process: `${boot} ${space} 1${start}` },
    true,
  ],
  ["from before the last start of this machine", { ...here, ...other, process: `b ${space} ${start}` }, true],
  ["of a process that runs", { ...here, ...other }, false],
  ["of another machine", { ...here, ...other, host: "elsewhere", pid: gone }, false],
  ["of a container on this machine", { ...here, ...other, pid: gone, process: `${boot} pid:[1] 5` }, false],
  ["that nobody can read", "{", false],
  ["of something else", "{}", false],
])("a lock %s is stale: %#", async (_, holder, isStale) => {
  const folder = temporaryFolder();
  leave(folder, holder);
  const result = await withRunLock(optionsIn(folder), () => Promise.resolve("went on")).catch(String);
  expect(result).toContain(isStale ? "went on" : ".galops/lock");
  expect(readdirSync(path.dirname(lockIn(folder))).filter((name) => name.startsWith("lock"))).toEqual(
    isStale ? [] : ["lock"],
  );
});

test("where the system does not say more than the number, a process that runs holds its lock", () => {
  const known = { host: "h", pid: process.pid, process: "" };
  expect(isProcessGone(known, { host: "h", process: "" })).toBe(false);
  expect(isProcessGone({ ...known, pid: gone }, { host: "h", process: "" })).toBe(true);
});

test("a link in the place of the lock is not followed", async () => {
  const folder = temporaryFolder();
  const precious = path.join(folder, "precious");
  writeFileSync(precious, "{}");
  mkdirSync(path.dirname(lockIn(folder)));
  symlinkSync(precious, lockIn(folder));
  await expect(withRunLock(optionsIn(folder), () => Promise.resolve())).rejects.toThrow(
    `${lockIn(folder)} is a link`,
  );
  expect(readFileSync(precious, "utf8")).toBe("{}");
});

test("a link that leads nowhere is refused at once, and named", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.dirname(lockIn(folder)));
  symlinkSync(path.join(folder, "nowhere"), lockIn(folder));
  await expect(
    withRunLock(optionsIn(folder, { timeoutMs: 60_000 }), () => Promise.resolve()),
  ).rejects.toThrow(`${lockIn(folder)} is a link`);
});

test.each([
  ["empty", ""],
  ["damaged", "{"],
  ["damaged", "{}"],
])("a lock file that is %s says so, not that a run is at work", async (what, text) => {
  const folder = temporaryFolder();
  leave(folder, text);
  const blocked = withRunLock(optionsIn(folder, { timeoutMs: 60_000 }), () => Promise.resolve());
  await expect(blocked).rejects.toThrow(
    new RegExp(`The lock file .*/lock is ${what}, .*Delete it if no run is in progress`),
  );
});

test("a folder in the place of the lock is named", async () => {
  const folder = temporaryFolder();
  mkdirSync(lockIn(folder), { recursive: true });
  await expect(withRunLock(optionsIn(folder), () => Promise.resolve())).rejects.toThrow(
    `${lockIn(folder)} is a folder`,
  );
});

test.runIf(existsSync("/proc/self"))(
  "where there can be no lock, it is said that it is the lock, and where",
  async () => {
    const failure = await withRunLock(optionsIn("/proc/self"), () => Promise.resolve("")).catch(String);
    expect(failure).toContain("The lock file /proc/self/.galops/lock cannot be written (");
    expect(failure).toContain("--journal does not move it");
  },
);

test("of a process that is seen to run it is not said that it cannot be seen", async () => {
  const folder = temporaryFolder();
  leave(folder, { ...ownProcess(), ...other });
  const seen = await withRunLock(optionsIn(folder), () => Promise.resolve("")).catch(String);
  expect(seen).not.toContain("cannot tell from here");
  leave(folder, { ...ownProcess(), ...other, host: "elsewhere" });
  const unseen = await withRunLock(optionsIn(folder), () => Promise.resolve("")).catch(String);
  expect(unseen).toContain("cannot tell from here");
});

const module = JSON.stringify(new URL("../../../src/cli/run/run-lock.ts", import.meta.url).href);

function holding(folder: string, then: string): readonly string[] {
  const program = `const { withRunLock } = await import(${module});
    const clock = { now: () => Date.now(), sleep: () => Promise.reject(new Error("no")) };
    const options = { folder: ${JSON.stringify(folder)}, command: "apply", timeoutMs: 0, clock,
      signal: new AbortController().signal, onWait: () => Promise.resolve() };
    await withRunLock(options, async () => { console.log("held"); ${then} });`;
  return ["--input-type=module", "-e", program];
}

test("a process that exits at once takes its lock away", () => {
  const folder = temporaryFolder();
  const { status, stdout } = spawnSync(process.execPath, holding(folder, "process.exit(130)"), {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([130, "held\n"]);
  expect(existsSync(lockIn(folder))).toBe(false);
});

test("a process that is killed leaves its lock, which the next run takes away", async () => {
  const folder = temporaryFolder();
  const child = spawn(
    process.execPath,
    holding(folder, "await new Promise(() => setInterval(() => {}, 1000));"),
  );
  await once(child.stdout, "data");
  await expect(withRunLock(optionsIn(folder), () => Promise.resolve())).rejects.toThrow(
    `process ${child.pid}`,
  );
  child.kill("SIGKILL");
  await once(child, "close");
  expect(existsSync(lockIn(folder))).toBe(true);
  expect(await withRunLock(optionsIn(folder), () => Promise.resolve("went on"))).toBe("went on");
});

test.runIf(process.platform === "linux")(
  "a killed run for whose end nobody asks does not hold the lock any more",
  async () => {
    const folder = temporaryFolder();
    // A shell that goes on as something that never asks how its child ended.
    const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    const stat = (): string => readFileSync(`/proc/${pid}/stat`, "latin1");
    while (!stat().includes(") Z ")) await pause(5);
    const since = stat().slice(stat().lastIndexOf(")")).split(" ")[20];
    const own = ownProcess();
    const [bootId, pidSpace] = own.process.split(" ");
    leave(folder, { ...other, ...own, pid, process: `${bootId} ${pidSpace} ${since}` });
    await expect(withRunLock(optionsIn(folder), () => Promise.resolve("ran"))).resolves.toBe("ran");
    parent.kill();
  },
);
