/** What the exit code tells the caller; other programs rely on it. */
export const exitCode = {
  done: 0,
  error: 1,
  /** Only with `plan --detailed-exitcode`. */
  changes: 2,
  /** Applied, but not all of it. */
  incomplete: 3,
  /** Refused by a safety limit. */
  refused: 4,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Which one tells most where several hold, the first. */
const precedence: readonly ExitCode[] = [130, 143, 129, 4, 1, 3, 2, 0];

export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return precedence.find((code) => codes.includes(code)) ?? exitCode.done;
}

/** The exit code after a signal of the system. */
export const exitCodeAfter = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  SIGHUP: exitCode.hungUp,
} as const;

/** The exit code after the signal whose name is the reason of an abort. */
export function exitCodeOf(signal: AbortSignal): ExitCode {
  const reason: unknown = signal.reason;
  return reason === "SIGHUP" || reason === "SIGTERM" ? exitCodeAfter[reason] : exitCode.interrupted;
}
