import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { isProcessGone } from "../process/own-process.ts";
import { createLock, readLock, releaseLock } from "./lock-file.ts";
import type { Holder, Obstacle } from "./lock-file.ts";

/**
 * Takes away a lock whose process has ended. Whoever else found it may have done so already, and have a new lock in its
 * place, which must stay there without a gap: so nobody takes away a lock but under a lock on just that one, and only
 * after he has seen that it is still there.
 *
 * @param stale - what was read in the file
 * @returns who else takes it away now, or what that one left in the way; null when it is gone
 */
export function takeAway(file: string, stale: Holder, mine: Holder): Obstacle | null {
  const claim = claimOn(file, stale);
  if (!createLock(claim, mine)) {
    const what = readLock(claim);
    if (what === "none") return null;
    // Killed on the way, too: his lock is one as any other.
    return typeof what === "object" && isProcessGone(what, mine)
      ? takeAway(claim, what, mine)
      : { file: claim, what };
  }
  try {
    const now = readLock(file);
    if (typeof now === "object" && now.token === stale.token) rmSync(file, { force: true });
    return null;
  } finally {
    releaseLock(claim, mine.token);
  }
}

/** Beside the lock, with a name that no other lock leads to. What stands in a file is no part of a path. */
function claimOn(file: string, { token }: Holder): string {
  const name = createHash("sha256")
    .update(`${path.basename(file)} ${token}`)
    .digest("hex")
    .slice(0, 32);
  return path.join(path.dirname(file), `lock.${name}`);
}
