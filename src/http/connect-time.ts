import type { Duplex } from "node:stream";

/** The error of a connection that took too long to open; the same as the operating system's own. */
export function connectTimeout(): Error {
  return Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "connect" });
}

/**
 * Closes a connection that is not `ready` in time, or whose request was aborted. Node would otherwise keep it for other
 * requests, and keep the process running.
 */
export function limitConnecting(
  connection: Duplex,
  ready: "connect" | "secureConnect",
  requestSignal: AbortSignal,
  milliseconds: number,
): void {
  const abort = (): void => void connection.destroy();
  const timer = setTimeout(() => connection.destroy(connectTimeout()), milliseconds);
  const end = (): void => {
    clearTimeout(timer);
    requestSignal.removeEventListener("abort", abort);
  };
  requestSignal.addEventListener("abort", abort);
  if (requestSignal.aborted) abort();
  connection.once(ready, end).once("close", end);
}
