import { randomUUID } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from "node:fs";
import path from "node:path";
import { makeOwnFolder } from "../../journal/run-folder.ts";
import type { Clock } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { isGone, ownProcess } from "../process/own-process.ts";
import type { OwnProcess } from "../process/own-process.ts";

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
  for (let isFirst = true; ; isFirst = false) {
    signal.throwIfAborted();
    const mine = holderNow(options);
    if (create(file, mine)) return () => release(file, mine.token);
    const other = read(file);
    // Gone between the two looks.
    if (other === "none") continue;
    if (other !== "unclear" && isGone(other, mine)) {
      takeAway(file, other.token);
      continue;
    }
    const who = inWords(other);
    if (clock.now() >= until) throw refused(who, file, options.timeoutMs);
    if (isFirst) await options.onWait(who);
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

function read(file: string): Holder | "none" | "unclear" {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isHolder(holder) ? holder : "unclear";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "none";
    if (error instanceof SyntaxError || codeOf(error) === "ELOOP") return "unclear";
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
    if (moved !== "none" && moved !== "unclear" && moved.token !== token) renameSync(aside, file);
    else unlinkSync(aside);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** What cannot be taken away is left: once this process has ended it is known to be stale. */
function release(file: string, token: string): void {
  try {
    const holder = read(file);
    if (holder !== "none" && holder !== "unclear" && holder.token === token) unlinkSync(file);
  } catch {
    // See above.
  }
}

function inWords(holder: Holder | "unclear"): string {
  if (holder === "unclear") return "Another run";
  const { command, user, host, pid, since } = holder;
  return `galops ${command} by ${user} on ${host} (process ${pid}, since ${since})`;
}

function refused(who: string, file: string, timeoutMs: number): Error {
  const waited = timeoutMs === 0 ? "" : " It was waited for, and did not end in time.";
  return commandError(
    "run-locked",
    "Another run is at work",
    `${who} holds ${file}.${waited} Two runs at a time would get in each other's way, so this one has done nothing. ` +
      "Wait for it, or let --lock-timeout 5m do so. Should it not run any more, which cannot be seen from here, " +
      "delete that file.",
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
