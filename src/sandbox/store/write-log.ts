import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { readPlainFile } from "../../files/plain-file.ts";
import type { Change } from "../tenant/tenant.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";
import { errorCode, notWritable, stampOf } from "./tenant-file.ts";

/**
 * The log beside a tenant file. Each write is a line in it before it is answered, so that the process can be killed at
 * any time. A line contains whole values, so that applying the log twice does no harm. The first line names the save
 * that the log belongs to: a log that was left behind after a save is ignored.
 */

/** The changes of one write. */
export interface LogEntry {
  /** The tenant's `lastNumber` afterwards. */
  readonly number: number;
  readonly changes: readonly Change[];
}

/** The contents of a log when it is opened. */
export interface ReadLog {
  readonly entries: readonly LogEntry[];
  /** The length up to the end of the last complete line; a write after it was never answered. */
  readonly validBytes: number;
  readonly bytes: number;
  readonly exists: boolean;
}

const nothing: ReadLog = { entries: [], validBytes: 0, bytes: 0, exists: false };

/** @throws {SandboxFileError} when a line other than a torn last one is damaged */
export function readLog(tenantPath: string, saved: number): ReadLog {
  const bytes = bytesOf(tenantPath);
  if (bytes === null) return nothing;
  const validBytes = bytes.lastIndexOf(0x0a) + 1;
  const [head, ...lines] = bytes.toString("utf8", 0, validBytes).split("\n").slice(0, -1);
  if (head === undefined || head !== headLine(saved)) {
    return { ...nothing, bytes: bytes.length, exists: true };
  }
  const entries = lines.map((line, index) => entryIn(line, tenantPath, index + 2));
  return { entries, validBytes, bytes: bytes.length, exists: true };
}

function bytesOf(tenantPath: string): Buffer | null {
  try {
    return readPlainFile(logPath(tenantPath));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    const detail = `The log ${logPath(tenantPath)} could not be read. Without it, recent writes would be missing.`;
    throw new SandboxFileError({ code: "sandbox-unreadable", path: tenantPath, detail, cause: error });
  }
}

function entryIn(line: string, tenantPath: string, lineNumber: number): LogEntry {
  try {
    return JSON.parse(line) as LogEntry; // written by append()
  } catch (error) {
    const detail = `The log ${logPath(tenantPath)} is damaged in line ${lineNumber}. Delete it to go back to the last saved state of the tenant.`;
    const place = { line: lineNumber, column: 1 };
    throw new SandboxFileError({
      code: "sandbox-damaged",
      path: logPath(tenantPath),
      detail,
      place,
      cause: error,
    });
  }
}

/** The log while a tenant is open. Nothing is created on disk before the first write. */
export interface WriteLog {
  /** @throws {SandboxFileError} when the log cannot be written, or another program writes to the tenant */
  append(entry: LogEntry): void;
  /**
   * Closes the log, which stays on disk.
   *
   * @returns whether this log has new lines and no other program wrote any
   */
  close(): boolean;
}

/** @param stamp - the stamp of the tenant file when it was read */
export function openWriteLog(tenantPath: string, saved: number, stamp: string, log: ReadLog): WriteLog {
  let file: number | null = null;
  let length = log.bytes;

  function open(): number {
    if (stampOf(tenantPath) !== stamp) throw inUse(tenantPath);
    const opened = openSync(logPath(tenantPath), log.exists ? "a" : "ax", 0o600);
    if (fstatSync(opened).size !== length) {
      closeSync(opened);
      throw inUse(tenantPath);
    }
    ftruncateSync(opened, log.validBytes);
    length = log.validBytes;
    if (length === 0) length += write(opened, `${headLine(saved)}\n`);
    return opened;
  }

  return {
    append(entry) {
      try {
        file ??= open();
        if (fstatSync(file).size !== length) throw inUse(tenantPath);
        length += writeWhole(file, `${JSON.stringify(entry)}\n`, length);
      } catch (error) {
        if (error instanceof SandboxFileError) throw error;
        throw errorCode(error) === "EEXIST" ? inUse(tenantPath) : notWritable(tenantPath, error);
      }
    },
    close() {
      if (file === null) return false;
      const isUntouched = fstatSync(file).size === length;
      closeSync(file);
      return isUntouched;
    },
  };
}

/** Writes a whole line or nothing: half a line (on a full disk) would damage the next one. */
function writeWhole(file: number, line: string, length: number): number {
  try {
    return write(file, line);
  } catch (error) {
    ftruncateSync(file, length);
    throw error;
  }
}

function write(file: number, text: string): number {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
  return written;
}

export function removeLog(tenantPath: string): void {
  rmSync(logPath(tenantPath), { force: true });
}

function logPath(tenantPath: string): string {
  return `${tenantPath}.log`;
}

function headLine(saved: number): string {
  return JSON.stringify({ saved });
}

function inUse(path: string): SandboxFileError {
  const detail = `Another program is writing to the sandbox tenant ${path}, and only one can at a time. Wait until it has finished, then run again.`;
  return new SandboxFileError({ code: "sandbox-in-use", path, detail });
}
