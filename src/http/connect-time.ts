import type { Duplex } from "node:stream";

/** What the system says when nobody answers a connection, for one that is given up before. */
export function connectTimeout(): Error {
  return Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "connect" });
}

/**
 * Gives a connection up that is not `ready` in time, or whose asker has gone: Node would keep it for others, and the
 * process with it.
 */
export function limitConnecting(
  connection: Duplex,
  ready: "connect" | "secureConnect",
  asker: AbortSignal,
  milliseconds: number,
): void {
  const abort = (): void => void connection.destroy();
  const timer = setTimeout(() => connection.destroy(connectTimeout()), milliseconds);
  const end = (): void => {
    clearTimeout(timer);
    asker.removeEventListener("abort", abort);
  };
  asker.addEventListener("abort", abort);
  if (asker.aborted) abort();
  connection.once(ready, end).once("close", end);
}
