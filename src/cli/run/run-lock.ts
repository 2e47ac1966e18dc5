import { randomUUID } from "node:crypto";
import { closeSync, lstatSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { makeOwnFolder } from "../../journal/run-folder.ts";
import type { Clock } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { isGone, isInSight, ownProcess } from "../process/own-process.ts";
import type { OwnProcess } from "../process/own-process.ts";

/** What stands in the place of the lock, where it is none that galops left. */
type Foreign = "empty" | "damaged" | "link" | "folder" | "other";

/** What stands in the lock file. */
interface Holder extends OwnProcess {
  readonly user: string;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Tells this lock from every other one. */
  readonly token: string;
}

export interface LockOptions {
  /** Of the config: one run at a time for it. */
  readonly folder: string;
  readonly command: string;
  /** How long to wait for another run; 0 to be refused at once. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called once when it has to wait. @param who - another run, in words */
  readonly onWait: (who: string) => Promise<void>;
}

const pollMs = 1000;

/**
 * Runs `work` while nobody else on this machine runs for the same config. The lock goes with it, however it ends; what
 * a killed process leaves behind is recognized and taken away.
 *
 * @throws {CommandError} when another run is at work
 * @throws the error of the file system when there can be no lock
 */
export async function withRunLock<Result>(
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const end = await acquire(options);
  process.once("exit", end);
  try {
    return await work();
  } finally {
    process.off("exit", end);
    end();
  }
}

async function acquire(options: LockOptions): Promise<() => void> {
  const { clock, signal } = options;
  const own = path.join(options.folder, ".galops");
  await makeOwnFolder(own);
  const file = path.join(own, "lock");
  const until = clock.now() + options.timeoutMs;
  let hasTold = false;
  let hasLookedTwice = false;
  for (;;) {
    // However often it looks again, a signal is heard.
    await turn();
    signal.throwIfAborted();
    const mine = holderNow(options);
    if (create(file, mine)) return () => release(file, mine.token);
    const other = read(file);
    // Gone between the two looks.
    if (other === "none") continue;
    if (typeof other === "string") {
      // It may have been made this moment, and be written the next.
      if (hasLookedTwice || other !== "empty") throw notALock(other, file);
      hasLookedTwice = true;
      await clock.sleep(100, signal);
      continue;
    }
    if (isGone(other, mine)) {
      takeAway(file, other.token);
      continue;
    }
    if (clock.now() >= until) throw refused(other, mine, file, options.timeoutMs);
    if (!hasTold) await options.onWait(inWords(other));
    hasTold = true;
    await clock.sleep(Math.min(pollMs, until - clock.now()), signal);
  }
}

function holderNow({ command, clock }: LockOptions): Holder {
  const { user, ...process } = ownProcess();
  return { user, command, since: new Date(clock.now()).toISOString(), token: randomUUID(), ...process };
}

/** @returns false where there is a lock already */
function create(file: string, holder: Holder): boolean {
  let handle: number;
  try {
    // "x" follows no link and is atomic.
    handle = openSync(file, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(handle, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    unlinkSync(file);
    throw error;
  } finally {
    closeSync(handle);
  }
  return true;
}

function read(file: string): Holder | Foreign | "none" {
  try {
    const kind = lstatSync(file);
    if (kind.isSymbolicLink()) return "link";
    if (kind.isDirectory()) return "folder";
    if (!kind.isFile()) return "other";
    const text = readFileSync(file, "utf8");
    if (text.trim() === "") return "empty";
    const holder: unknown = JSON.parse(text);
    return isHolder(holder) ? holder : "damaged";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "none";
    if (error instanceof SyntaxError) return "damaged";
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  const parts = value as Readonly<Record<string, unknown>>; // any object may be read by key
  const texts = ["user", "command", "since", "token", "host", "process"];
  return typeof parts["pid"] === "number" && texts.every((name) => typeof parts[name] === "string");
}

/**
 * Moved aside before it is deleted: whoever else found the same stale lock may have made a new one in its place, and
 * that one is put back.
 */
function takeAway(file: string, token: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    const moved = read(aside);
    if (typeof moved === "object" && moved.token !== token) renameSync(aside, file);
    else unlinkSync(aside);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** What cannot be taken away is left: once this process has ended it is known to be stale. */
function release(file: string, token: string): void {
  try {
    const holder = read(file);
    if (typeof holder === "object" && holder.token === token) unlinkSync(file);
  } catch {
    // See above.
  }
}

function inWords({ command, user, host, pid, since }: Holder): string {
  return `galops ${command} by ${user} on ${host} (process ${pid}, since ${since})`;
}

function refused(other: Holder, mine: Holder, file: string, timeoutMs: number): Error {
  const waited = timeoutMs === 0 ? "" : " It was waited for, and did not end in time.";
  const unseen = " Should it not run any more, which cannot be seen from here, delete that file.";
  return commandError(
    "run-locked",
    "Another run is at work",
    `${inWords(other)} holds ${file}.${waited} Two runs at a time would get in each other's way, so this one has done nothing. ` +
      `Wait for it, or let --lock-timeout 5m do so.${isInSight(other, mine) ? "" : unseen}`,
  );
}

const foreign: Readonly<Record<Foreign, string>> = {
  empty: "The lock file FILE is empty",
  damaged: "The lock file FILE is damaged",
  link: "FILE is a link, which is not followed, where galops keeps its lock file",
  folder: "FILE is a folder, where galops keeps its lock file",
  other: "FILE is no plain file, where galops keeps its lock file",
};

function notALock(what: Foreign, file: string): Error {
  const said = foreign[what].replace("FILE", () => file);
  return commandError(
    "run-locked",
    "The lock cannot be read",
    `${said}, so it cannot be told whether another run is at work, and this one has done nothing. ` +
      "Delete it if no run is at work.",
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
