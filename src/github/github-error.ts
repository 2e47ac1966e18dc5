/** GitHub, or what it says about this run, is not as it should be. `message` says what to do. */
export class GithubError extends Error {
  override readonly name = "GithubError";
  /** Kebab-case. */
  readonly code: string;
  /** What GitHub answered; null where it answered nothing, or nothing was asked. */
  readonly status: number | null;

  constructor(code: string, message: string, cause?: unknown, status: number | null = null) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }

  /** GitHub refused for good; to ask again is of no use. */
  get isRefusal(): boolean {
    return this.status !== null && this.status >= 400 && this.status < 500;
  }
}
