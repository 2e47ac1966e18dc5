import { readFileSync, readlinkSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** A process, told from all others as far as the system lets it be. */
export interface OwnProcess {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /**
   * What no other process with that number has: on Linux boot, number space and start time; "" elsewhere.
   *
   * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (field 22, starttime)
   */
  readonly process: string;
}

export function ownProcess(): OwnProcess {
  return { user: userName(), host: hostname(), pid: process.pid, process: identityOf(process.pid) };
}

/**
 * Whether a process is known not to run any more. Of one on another host, or among processes that cannot be seen from
 * here, that is never known.
 */
export function isProcessGone(
  other: Pick<OwnProcess, "host" | "pid" | "process">,
  own: Pick<OwnProcess, "host" | "process">,
): boolean {
  if (other.host !== own.host) return false;
  const [otherBoot, otherSpace] = other.process.split(" ");
  const [ownBoot, ownSpace] = own.process.split(" ");
  if (otherBoot !== ownBoot) return other.process !== "" && own.process !== "";
  if (otherSpace !== ownSpace) return false;
  if (!isRunning(other.pid) || hasEnded(other.pid)) return true;
  const now = identityOf(other.pid);
  return now !== "" && other.process !== "" && now !== other.process;
}

/** Whether `isProcessGone` can tell for sure: a process of this machine and among those that can be seen from here. */
export function isInSight(
  other: Pick<OwnProcess, "host" | "process">,
  own: Pick<OwnProcess, "host" | "process">,
): boolean {
  const [otherBoot, otherSpace] = other.process.split(" ");
  const [ownBoot, ownSpace] = own.process.split(" ");
  return other.host === own.host && other.process !== "" && otherBoot === ownBoot && otherSpace === ownSpace;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and is somebody else's.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Whether it only stands in the list until its parent asks how it ended, which some never do. */
function hasEnded(pid: number): boolean {
  const [state = ""] = statusOf(pid);
  return state === "Z" || state === "X";
}

function identityOf(pid: number): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    const space = readlinkSync("/proc/self/ns/pid");
    const startTime = statusOf(pid)[19];
    return startTime === undefined ? "" : `${boot} ${space} ${startTime}`;
  } catch {
    return "";
  }
}

/** What the system says of a process, from its state (field 3) on; nothing where it cannot be had. */
function statusOf(pid: number): readonly string[] {
  try {
    // The name of the program stands in parentheses and may hold anything, so the fields are counted behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return "unknown";
  }
}
