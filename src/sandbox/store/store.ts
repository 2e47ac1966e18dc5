import { existsSync, realpathSync } from "node:fs";
import { applyChange } from "../tenant/tenant.ts";
import type { Change, TenantState } from "../tenant/tenant.ts";
import { withoutPath } from "./sandbox-file-error.ts";
import { readTenantFile, stampOf, tenantText, writeTenantFile } from "./tenant-file.ts";
import { openWriteLog, readLog, removeLog } from "./write-log.ts";

/** A tenant in memory and on disk. */
export interface Store {
  readonly state: TenantState;
  /**
   * Carries out a write, which is on disk when this returns.
   *
   * @throws {SandboxFileError} when it could not be saved; then nothing has changed
   */
  commit(changes: readonly Change[]): void;
  /** Returns a number that no object of this tenant has had. */
  nextNumber(): number;
  /** Saves the file if anything was written. @throws {SandboxFileError} */
  close(): void;
}

/**
 * @param shown - replaces the path in messages; null when the path may be shown
 * @throws {SandboxFileError}
 */
export function openStore(givenPath: string, shown: string | null = null): Store {
  // Resolved, so that replacing the file does not replace a link to it.
  const path = existsSync(givenPath) ? realpathSync(givenPath) : givenPath;
  const told = <Result>(use: () => Result): Result => withoutPath(path, shown, use);
  const store = told(() => storeAt(path));
  return {
    ...store,
    commit: (changes) => told(() => store.commit(changes)),
    close: () => told(() => store.close()),
  };
}

function storeAt(path: string): Store {
  const { state, saved, lastNumber, stamp } = readTenantFile(path);
  const log = readLog(path, saved);
  for (const { changes } of log.entries) for (const change of changes) applyChange(state, change);
  const writeLog = openWriteLog(path, saved, stamp, log);
  let closed = false;
  let number = log.entries.at(-1)?.number ?? lastNumber;

  return {
    state,
    commit(changes) {
      writeLog.append({ number, changes });
      for (const change of changes) applyChange(state, change);
    },
    nextNumber: () => ++number,
    close() {
      if (closed) return;
      closed = true;
      // If another program wrote meanwhile, leave the file alone; the log is applied at the next opening.
      if (!writeLog.close() || stampOf(path) !== stamp) return;
      writeTenantFile(path, tenantText(state, saved + 1, number));
      removeLog(path);
    },
  };
}
