/** A tenant file is missing, damaged, in use by another program, or cannot be written. */
export class SandboxFileError extends Error {
  override readonly name = "SandboxFileError";
  /** Stable, kebab-case: the diagnostic's code. */
  readonly code: SandboxFileCode;
  readonly path: string;
  /** Where in the file the problem is, counted from 1 (columns in UTF-16 code units); null when nowhere in particular. */
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

type SandboxFileCode =
  | "sandbox-not-found"
  | "sandbox-unreadable"
  | "sandbox-damaged"
  | "sandbox-exists"
  | "sandbox-in-use"
  | "sandbox-not-writable";
