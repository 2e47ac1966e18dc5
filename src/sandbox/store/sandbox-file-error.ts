/** A tenant file is missing, damaged, in use by another program, or cannot be written. */
export class SandboxFileError extends Error {
  override readonly name = "SandboxFileError";
  /** Stable, kebab-case: the diagnostic's code. */
  readonly code: SandboxFileCode;
  readonly path: string;
  /**
   * The position of the problem in the file, counted from 1 (columns in UTF-16 code units); null for the whole file.
   */
  readonly place: { readonly line: number; readonly column: number } | null;

  constructor(problem: {
    readonly code: SandboxFileCode;
    readonly path: string;
    readonly detail: string;
    readonly place?: SandboxFileError["place"];
    readonly cause?: unknown;
  }) {
    super(problem.detail, { cause: problem.cause });
    this.code = problem.code;
    this.path = problem.path;
    this.place = problem.place ?? null;
  }
}

/**
 * Hides the path of a tenant file in errors if it must not be printed, because it came from a secret.
 *
 * @param shown - replaces the path in messages; null when the path may be shown
 * @throws {SandboxFileError} without the path and without the system's own message
 */
export function withoutPath<Result>(path: string, shown: string | null, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (shown === null || !(error instanceof SandboxFileError)) throw error;
    const detail = error.message.replaceAll(path, shown);
    throw new SandboxFileError({ code: error.code, path: shown, detail });
  }
}

type SandboxFileCode =
  | "sandbox-not-found"
  | "sandbox-unreadable"
  | "sandbox-damaged"
  | "sandbox-exists"
  | "sandbox-in-use"
  | "sandbox-not-writable";
