import { closeSync, lstatSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import type { OwnProcess } from "../process/own-process.ts";

/** What stands in the place of a lock, where it is none that galops left. */
export type Foreign = "empty" | "damaged" | "link" | "folder" | "other";

/** What stands in a lock file. */
export interface Holder extends OwnProcess {
  readonly user: string;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Tells this lock from every other one. */
  readonly token: string;
}

/** What keeps a run from its lock, and the file in which it stands. */
export interface Obstacle {
  readonly file: string;
  readonly what: Holder | Foreign;
}

/** @returns false where there is a lock already */
export function createLock(file: string, holder: Holder): boolean {
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

export function readLock(file: string): Holder | Foreign | "none" {
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

/** What cannot be taken away is left: once this process has ended it is known to be stale. */
export function releaseLock(file: string, token: string): void {
  try {
    const holder = readLock(file);
    if (typeof holder === "object" && holder.token === token) unlinkSync(file);
  } catch {
    // See above.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
