import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import type { Change } from "../tenant/tenant.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";
import { errorCode, notWritable, stampOf } from "./tenant-file.ts";

/**
 * The log beside a tenant file: every write is a line in it before it is answered, so that a process can be killed at
 * any time. A line holds whole values, so that a log can be gone through twice. The first line names the save of the
 * file that it belongs to: one that was left behind after a save is ignored.
 */

/** What one write did. */
export interface LogEntry {
  /** The tenant's `lastNumber` afterwards. */
  readonly number: number;
  readonly changes: readonly Change[];
}

/** What a log holds at opening. */
export interface ReadLog {
  readonly entries: readonly LogEntry[];
  /** Bytes up to the end of the last whole line; what follows was never answered. */
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
    return readFileSync(logPath(tenantPath));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    const detail = `The log ${logPath(tenantPath)} could not be read, and without it recent writes would be missing.`;
    throw new SandboxFileError({ code: "sandbox-unreadable", path: tenantPath, detail, cause: error });
  }
}

function entryIn(line: string, tenantPath: string, lineNumber: number): LogEntry {
  try {
    return JSON.parse(line) as LogEntry; // we wrote it
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

/** The log while a tenant is open. Nothing is made on disk before the first write. */
export interface WriteLog {
  /** @throws {SandboxFileError} when it could not be written, or another program writes to the tenant */
  append(entry: LogEntry): void;
  /**
   * Ends the use of the log, which stays where it is.
   *
   * @returns whether something was appended, and nothing by anybody else
   */
  close(): boolean;
}

/** @param stamp - of the tenant file as it was read */
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

/** A line that does not fit (a full disk) leaves no half behind, which would damage the next one. */
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
  const detail = `Another program writes to the sandbox tenant ${path}; only one can at a time. Wait until it has ended, and run again.`;
  return new SandboxFileError({ code: "sandbox-in-use", path, detail });
}
