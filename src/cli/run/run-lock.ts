import { randomUUID } from "node:crypto";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { makeOwnFolder } from "../../journal/run-folder.ts";
import type { Clock } from "../../model/context.ts";
import { commandError } from "../interface/command-error.ts";
import { isProcessGone, isInSight, ownProcess } from "../process/own-process.ts";
import { createLock, readLock, releaseLock } from "./lock-file.ts";
import type { Foreign, Holder, Obstacle } from "./lock-file.ts";
import { takeAway } from "./stale-lock.ts";

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
 * @throws {CommandError} when there can be no lock
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
  const file = path.join(own, "lock");
  await makeOwnFolder(own).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  const until = clock.now() + options.timeoutMs;
  let hasTold = false;
  let hasLookedTwice = false;
  for (;;) {
    // However often it looks again, a signal is heard.
    await turn();
    signal.throwIfAborted();
    const mine = holderNow(options);
    if (lockedBy(mine, file)) return () => releaseLock(file, mine.token);
    const obstacle = obstacleAt(file, mine);
    if (obstacle === null) continue;
    const { what } = obstacle;
    if (typeof what === "string") {
      // It may have been made this moment, and be written the next.
      if (hasLookedTwice || what !== "empty") throw notALock(what, obstacle.file);
      hasLookedTwice = true;
      await clock.sleep(100, signal);
      continue;
    }
    hasLookedTwice = false;
    if (clock.now() >= until) throw refused(what, mine, obstacle.file, options.timeoutMs);
    if (!hasTold) await options.onWait(inWords(what));
    hasTold = true;
    await clock.sleep(Math.min(pollMs, until - clock.now()), signal);
  }
}

function lockedBy(mine: Holder, file: string): boolean {
  try {
    return createLock(file, mine);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  return commandError(
    "lock-unwritable",
    "The lock cannot be written",
    `The lock file ${file} cannot be written (${error.message.replace(/\.$/, "")}), so this run has done nothing. It keeps two runs of ` +
      "one config apart, and so it stands beside the config: --journal does not move it. Let galops write there, or " +
      "run it with a copy of the config in another folder.",
    error,
  );
}

/** Null where it was gone between the two looks, or was stale and is taken away: it may be tried again. */
function obstacleAt(file: string, mine: Holder): Obstacle | null {
  const what = readLock(file);
  if (what === "none") return null;
  return typeof what === "object" && isProcessGone(what, mine) ? takeAway(file, what, mine) : { file, what };
}

function holderNow({ command, clock }: LockOptions): Holder {
  const { user, ...process } = ownProcess();
  return { user, command, since: new Date(clock.now()).toISOString(), token: randomUUID(), ...process };
}

function inWords({ command, user, host, pid, since }: Holder): string {
  return `galops ${command} by ${user} on ${host} (process ${pid}, since ${since})`;
}

function refused(other: Holder, mine: Holder, file: string, timeoutMs: number): Error {
  const waited = timeoutMs === 0 ? "" : " It did not end within --lock-timeout.";
  const unseen = " If it is no longer running, which galops cannot tell from here, delete that file.";
  return commandError(
    "run-locked",
    "Another run is in progress",
    `${inWords(other)} holds ${file}.${waited} Two runs at a time would interfere, so this one has done nothing. ` +
      `Wait until it ends, or use --lock-timeout 5m.${isInSight(other, mine) ? "" : unseen}`,
  );
}

const foreign: Readonly<Record<Foreign, string>> = {
  empty: "The lock file FILE is empty",
  damaged: "The lock file FILE is damaged",
  link: "FILE is a link, which galops does not follow, where it keeps its lock file",
  folder: "FILE is a folder, where galops keeps its lock file",
  other: "FILE is not a regular file, where galops keeps its lock file",
};

function notALock(what: Foreign, file: string): Error {
  const said = foreign[what].replace("FILE", () => file);
  return commandError(
    "run-locked",
    "The lock cannot be read",
    `${said}, so galops cannot tell whether another run is in progress. This run has done nothing. ` +
      "Delete it if no run is in progress.",
  );
}
