/** A problem with GitHub or with its description of this run. `message` says what to do. */
export class GithubError extends Error {
  override readonly name = "GithubError";
  /** Kebab-case. */
  readonly code: string;
  /** HTTP status of the response; null when there was none. */
  readonly status: number | null;

  constructor(code: string, message: string, cause?: unknown, status: number | null = null) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }

  /** Whether GitHub refused permanently, so that a retry is of no use. */
  get isRefusal(): boolean {
    return this.status !== null && this.status >= 400 && this.status < 500;
  }
}
